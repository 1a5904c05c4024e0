from fakes.dkim_keys import DOMAIN, SELECTOR, dns, ed25519_key, is_signed, pem, rsa_key


def test_the_look_up_knows_one_name() -> None:
    look_up = dns(rsa_key())
    assert (look_up(f"{SELECTOR}._domainkey.{DOMAIN}.".encode()) or b"").startswith(b"v=DKIM1; k=rsa; p=")
    assert look_up(b"other._domainkey.north.example.") is None


def test_what_nobody_signed_is_not_signed() -> None:
    assert not is_signed(b"From: dana@north.example\r\n\r\nText.\r\n", ed25519_key())


def test_keys_stay_the_same() -> None:
    assert pem(ed25519_key()) == pem(ed25519_key())
