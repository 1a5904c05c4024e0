from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from fakes.dkim_keys import DOMAIN, SELECTOR, dns, ed25519_key, is_signed, pem, rsa_key

from dripper.drip.compose import compose
from dripper.drip.proof import Proof
from dripper.drip.signing import Signer, SigningError, holds
from dripper.drip.wire import check_wire
from dripper.workspace.model.address import Sender
from dripper.workspace.model.settings import Mailbox

# Before the test is run: a signature of the future is refused.
AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
KEYS = [pytest.param(rsa_key, id="rsa"), pytest.param(ed25519_key, id="ed25519")]


def message(
    *, name: str = "Ana Weber", body: str = "Grüße, 14% more.  \n\n.\n\n\n", html: str | None = "<p>x</p>\n"
) -> bytes:
    proof = Proof(
        name=name, email="ana@acme.example", subject="Grüße " * 20, greeting="", text="", signature="", footer="",
        body=body, html=html,
    )  # fmt: skip
    mailbox = Mailbox(from_=Sender(f"Dana <dana@{DOMAIN}>"), reply_to=Sender(f"team@{DOMAIN}"))
    url = "https://drip.north.example/o/" + "t" * 90
    return compose(proof, mailbox=mailbox, message_id=f"<1@{DOMAIN}>", date=AT, opt_out=url).data


def signer(key: RSAPrivateKey | Ed25519PrivateKey) -> Signer:
    return Signer(pem(key), selector=SELECTOR, domain=DOMAIN)


@pytest.mark.parametrize("key", KEYS)
def test_a_signed_message_is_the_message_under_a_signature_that_holds(key) -> None:  # type: ignore[no-untyped-def]
    data = message()
    signed = signer(key()).signed(data, at=AT)
    assert signed.endswith(data)
    assert signed.startswith(b"DKIM-Signature: v=1;")
    assert is_signed(signed, key())
    check_wire(signed)


def test_the_same_bytes_at_the_same_time_have_the_same_signature() -> None:
    one, other = signer(rsa_key()), signer(rsa_key())
    assert one.signed(message(), at=AT) == other.signed(message(), at=AT)
    assert one.signed(message(), at=AT) != one.signed(message(), at=AT.replace(hour=9))
    assert f"t={int(AT.timestamp())};".encode() in one.signed(message(), at=AT)


def test_it_is_relaxed_and_signs_every_header_of_ours() -> None:
    signed = signer(rsa_key()).signed(message(), at=AT)
    tags = dict(re.findall(r"(\w+)=([^;]*)", re.sub(r"\s", "", signed.decode().partition("\r\nFrom:")[0])))
    assert (tags["a"], tags["c"], tags["d"], tags["s"]) == ("rsa-sha256", "relaxed/relaxed", DOMAIN, SELECTOR)
    names = tags["h"].split(":")
    there = [line.partition(":")[0].lower() for line in message().decode().partition("\r\n\r\n")[0].split("\r\n")]
    assert set(there) - {name for name in there if name.startswith((" ", "\t"))} <= set(names)
    assert {"list-unsubscribe", "list-unsubscribe-post"} <= set(names)
    assert names.count("from") == 2
    assert "l" not in tags


@pytest.mark.parametrize("name", ["From", "To", "Reply-To", "Subject", "Date", "Content-Type"])
def test_a_second_header_on_top_breaks_it(name: str) -> None:
    signed = signer(ed25519_key()).signed(message(), at=AT)
    assert not is_signed(f"{name}: evil@evil.example\r\n".encode() + signed, ed25519_key())


@pytest.mark.parametrize("name", ["Subject", "List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "MIME-Version"])
def test_a_header_taken_away_breaks_it(name: str) -> None:
    signed = signer(ed25519_key()).signed(message(), at=AT)
    without = re.sub(rf"(?m)^{name}:.*\r\n(?: .*\r\n)*".encode(), b"", signed, count=1)
    assert without != signed
    assert not is_signed(without, ed25519_key())


def test_a_message_that_needs_smtputf8_is_signed_too() -> None:
    data = message().replace(b"ana@acme", "josé@acme".encode())
    assert is_signed(signer(rsa_key()).signed(data, at=AT), rsa_key())


def test_every_usual_form_of_a_key_is_read() -> None:
    seed = ed25519_key().private_bytes_raw()
    forms = [
        (rsa_key(), pem(rsa_key(), PrivateFormat.TraditionalOpenSSL)),
        (rsa_key(), "\n" + pem(rsa_key()).replace("\n", "\r\n") + "\n"),
        (ed25519_key(), b64encode(seed).decode()),
    ]
    for key, text in forms:
        assert is_signed(Signer(text, selector=SELECTOR, domain=DOMAIN).signed(message(), at=AT), key)


def test_what_is_no_usable_key_is_refused_and_never_shown() -> None:
    locked = rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")).decode()
    curve = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    cut = pem(rsa_key())[:800] + "\n-----END PRIVATE KEY-----\n"
    cases = {
        "": "no private key",
        "hunter2-hunter2": "no private key",
        pem(rsa_key()).replace("-----", "--"): "no private key",
        locked: "locked with a password",
        curve: "no RSA or Ed25519 key",
        cut: "no RSA or Ed25519 key",
    }
    for text, said in cases.items():
        with pytest.raises(SigningError, match=said) as refused:
            Signer(text, selector=SELECTOR, domain=DOMAIN)
        shown = f"{refused.value} {refused.value.cure}"
        assert refused.value.cure
        assert not any(line in shown for line in text.split() if len(line) > 8)


def der(tag: int, data: bytes) -> bytes:
    return bytes([tag, 0x82]) + len(data).to_bytes(2) + data


def test_a_short_key_is_refused() -> None:
    numbers = [0, 2**767 + 1, 65537, *[2**300 + 1] * 6]
    data = der(0x30, b"".join(der(0x02, each.to_bytes(97)) for each in numbers))
    text = f"-----BEGIN RSA PRIVATE KEY-----\n{b64encode(data).decode()}\n-----END RSA PRIVATE KEY-----\n"
    with pytest.raises(SigningError, match="768 bits"):
        Signer(text, selector=SELECTOR, domain=DOMAIN)


@pytest.mark.parametrize(
    ("record", "held"),
    [
        pytest.param("own", True, id="the key that signs"),
        pytest.param("other kind", False, id="a key of another kind"),
        pytest.param("v=DKIM1; k=rsa; p=AAAA", False, id="no key"),
        pytest.param("v=DKIM1; k=rsa; p=•", False, id="no base64"),
        pytest.param("v=DKIM1; k=ed25519; p=AAAA", False, id="too short a key"),
        pytest.param("p", False, id="no record"),
        pytest.param("", False, id="nothing"),
    ],
)
@pytest.mark.parametrize("key", [rsa_key, ed25519_key], ids=["rsa", "ed25519"])
def test_a_signature_holds_only_with_its_own_record(key, record: str, held: bool) -> None:  # type: ignore[no-untyped-def]
    published = {"own": key, "other kind": ed25519_key if key is rsa_key else rsa_key}.get(record)
    if published is not None:
        found = dns(published())(f"{SELECTOR}._domainkey.{DOMAIN}.".encode())
        assert found is not None
        record = found.decode()
    signed = Signer(pem(key()), selector=SELECTOR, domain=DOMAIN).signed(
        b"From: a@north.example\r\nSubject: x\r\n\r\nx\r\n", at=datetime(2025, 12, 2, tzinfo=UTC)
    )

    assert holds(signed, record) == held
