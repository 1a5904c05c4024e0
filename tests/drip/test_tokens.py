from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.compose import message_id_for
from dripper.drip.headers import ComposeError
from dripper.drip.tokens import (
    LONGEST_LOCAL_OCTETS,
    OptOut,
    bounce_address,
    opt_out_token,
    opt_out_url,
    read_bounce,
    read_opt_out,
)
from dripper.workspace.settings import LONGEST_TAGGED

SECRET, OTHER = b"s" * 32, b"t" * 32
MESSAGE_ID = message_id_for("North", "ana@acme.example", "acme/insights", "carts", "north.example")
NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@given(workspace=NAME, contact=NAME)
def test_a_token_names_workspace_and_contact_to_whoever_has_the_secret(workspace: str, contact: str) -> None:
    token = opt_out_token(workspace, contact, secret=SECRET)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", token)
    assert read_opt_out(token, secret=SECRET) == OptOut(workspace=workspace, contact=contact)
    assert read_opt_out(token, secret=OTHER) is None


@given(workspace=NAME, contacts=st.lists(NAME, max_size=3), secret=st.binary(max_size=80))
def test_a_token_begins_with_its_hmac_whatever_was_made_before(
    workspace: str, contacts: list[str], secret: bytes
) -> None:
    for contact in contacts:
        token = opt_out_token(workspace, contact, secret=secret)
        named = f"{workspace}\0{contact}".encode()
        mac = hmac.digest(secret, b"dripper opt-out\0" + named, "sha256")[:16]
        assert urlsafe_b64decode(token + "=" * (-len(token) % 4)) == mac + named


@given(place=st.integers(0, 200), letter=st.sampled_from("ABab01-_"))
def test_a_changed_token_is_nobodys(place: int, letter: str) -> None:
    token = opt_out_token("North", "ana@acme.example", secret=SECRET)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    read = read_opt_out(changed, secret=SECRET)
    # The last letter may carry bits that mean nothing.
    assert read is None or read == OptOut(workspace="North", contact="ana@acme.example")
    if place < len(token) - 1 and changed != token:
        assert read is None


@given(st.text(max_size=80))
def test_whatever_comes_instead_of_a_token_is_nobodys(text: str) -> None:
    assert read_opt_out(text, secret=SECRET) is None
    assert read_bounce(text, secret=SECRET) is None
    assert read_bounce(f"dana+bounce-{text}@north.example", secret=SECRET) is None


def test_the_link_stands_below_the_page() -> None:
    assert opt_out_url("https://drip.north.example/", "abc") == "https://drip.north.example/o/abc"
    assert opt_out_url("https://north.example/drip", "a_-") == "https://north.example/drip/o/a_-"


def test_a_bounce_tells_which_message_it_was_whatever_the_case_of_its_letters() -> None:
    address = bounce_address("dana@north.example", MESSAGE_ID, secret=SECRET)
    assert re.fullmatch(r"dana\+bounce-[a-z2-7]{24}@north\.example", address)
    for written in (address, address.upper()):
        begin = read_bounce(written, secret=SECRET)
        assert begin is not None
        assert MESSAGE_ID.startswith(f"<{begin}")


def test_a_forged_bounce_is_nobodys() -> None:
    address = bounce_address("dana@north.example", MESSAGE_ID, secret=SECRET)
    local, _, domain = address.partition("@")
    assert read_bounce(address, secret=OTHER) is None
    for place in range(len("dana+bounce-"), len(local)):
        letter = "a" if local[place] != "a" else "b"
        assert read_bounce(f"{local[:place]}{letter}{local[place + 1 :]}@{domain}", secret=SECRET) is None


def test_a_token_of_one_kind_is_none_of_the_other() -> None:
    address = bounce_address("dana@north.example", MESSAGE_ID, secret=SECRET)
    assert read_opt_out(address.partition("-")[2].partition("@")[0], secret=SECRET) is None


def test_the_longest_local_part_fits_and_the_next_is_refused() -> None:
    longest = "d" * LONGEST_LOCAL_OCTETS
    address = bounce_address(f"{longest}@north.example", MESSAGE_ID, secret=SECRET)
    assert len(address.partition("@")[0]) == 64
    assert LONGEST_TAGGED == LONGEST_LOCAL_OCTETS
    with pytest.raises(ComposeError, match="too long"):
        bounce_address(f"{longest}d@north.example", MESSAGE_ID, secret=SECRET)
