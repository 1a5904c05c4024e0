"""A piece of evidence, or a label, put into a file that somebody wrote by hand: everything else stays as it was."""

from datetime import date
from difflib import ndiff

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from dripper.workspace.account import read_account
from dripper.workspace.amend import with_bucket, with_evidence, with_looked
from dripper.workspace.model.account import Account, Bucket, Evidence, Looked, Side, Trait
from dripper.workspace.toml import Document

PIECE = Evidence(on=date(2026, 11, 23), of=Trait.TRUST, side=Side.THEM, says=Bucket.PARTNER, what='Sent "all" of it')
BLOCK = '[[evidence]]\non = 2026-11-23\nof = "trust"\nside = "them"\nsays = "partner"\nwhat = "Sent \\"all\\" of it"'
ONE = '[[evidence]]\non = 2026-01-02\nof = "loyalty"\nside = "us"\nsays = "client"\nwhat = "Left"'
INLINE = '{ on = 2026-01-02, of = "loyalty", side = "us", says = "client", what = "Left" }'


def _account(text: str) -> Account:
    document = Document.parse("account.toml", text)
    assert isinstance(document, Document)
    read = read_account(document, default_id="acme")
    assert read.problems == []
    assert read.value is not None
    return read.value


BEHIND: dict[str, tuple[str, str]] = {
    "the first": ('name = "Acme"\n', f'name = "Acme"\n\n{BLOCK}\n'),
    "the first, without a last line end": ('name = "Acme"', f'name = "Acme"\n\n{BLOCK}\n'),
    "behind the last one": (
        f'name = "Acme"\n{ONE}  # in a huff\n\n[lead]  # ours\narea = "Returns"\n',
        f'name = "Acme"\n{ONE}  # in a huff\n\n{BLOCK}\n\n[lead]  # ours\narea = "Returns"\n',
    ),
    "at the end": (f'name = "Acme"\n{ONE}', f'name = "Acme"\n{ONE}\n\n{BLOCK}'),
    "with carriage returns": (
        f'name = "Acme"\n{ONE}\n'.replace("\n", "\r\n"),
        f'name = "Acme"\n{ONE}\n\n{BLOCK}\n'.replace("\n", "\r\n"),
    ),
}


@pytest.mark.parametrize(("before", "after"), BEHIND.values(), ids=BEHIND)
def test_a_piece_stands_behind_the_others(before: str, after: str) -> None:
    assert with_evidence(before, PIECE) == after


LISTS = {
    "a list": f'name = "Acme"\nevidence = [{INLINE}]  # so far\n',
    "a list over several lines": f'name = "Acme"\nevidence = [\n  {INLINE},  # so far\n]\n[lead]\narea = "x"\n',
    "an empty list": 'name = "Acme"\nevidence = []\n',
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_piece_may_join_a_list(text: str) -> None:
    after = with_evidence(text, PIECE)

    assert after is not None
    assert _account(after).evidence == (*_account(text).evidence, PIECE)
    assert [line for line in ndiff(text.splitlines(), after.splitlines()) if line.startswith("- ")] == [
        f"- {line}" for line in text.splitlines() if ("evidence = [" in line and "]" in line) or INLINE in line
    ]


LABELS: dict[str, tuple[str, str]] = {
    "another": ("name = \"Acme\"\nbucket = 'client'  # so far\n", 'name = "Acme"\nbucket = "partner"  # so far\n'),
    "the first": (
        'name = "Acme"  # us\r\ncountry = "DE"\r\n',
        'name = "Acme"  # us\r\nbucket = "partner"\r\ncountry = "DE"\r\n',
    ),
    "at the end": ('name = "Acme"', 'name = "Acme"\nbucket = "partner"'),
}


@pytest.mark.parametrize(("before", "after"), LABELS.values(), ids=LABELS)
def test_a_label_is_changed_or_stands_below_the_name(before: str, after: str) -> None:
    assert with_bucket(before, Bucket.PARTNER) == after


HEADS = st.sampled_from(['name = "Acme"\n', "# Acme\n\nname = 'Acme' # ö\n", 'country = "DE"\n"name" = """A"""\n'])
TABLES = st.lists(
    st.sampled_from(
        [
            "\n[lead]\narea = 'é # no comment'\n",
            f"\n{ONE}\n# said in passing\n",
            '[[promise]]\nwhat = """two\nlines"""\ndue = 2026-01-01\n\n\n',
            "  [[objective]]\n  theirs = 'x' # y\n",
        ]
    ),
    max_size=4,
    unique_by=lambda table: table if "lead" in table else object(),
)


@given(HEADS, TABLES, st.text(max_size=20), st.sampled_from(["\n", "\r\n"]), st.sampled_from(Bucket))
def test_whatever_the_file_holds_it_holds_one_thing_more(
    head: str, tables: list[str], what: str, newline: str, bucket: Bucket
) -> None:
    text = (head + "".join(tables)).replace("\n", newline)
    what = what.encode("utf-8", "replace").decode()
    more = with_evidence(text, Evidence(on=date(2026, 1, 1), of=Trait.TRUST, side=Side.US, says=bucket, what=what))
    called = with_bucket(text, bucket)

    assert more is not None
    assert called is not None
    before, after = tomli.loads(text), tomli.loads(more)
    assert after.pop("evidence")[:-1] == before.pop("evidence", [])
    assert after == before
    assert tomli.loads(called) == tomli.loads(text) | {"bucket": bucket.value}
    for new in (more, called):
        # What was there is there still, in one piece before what is new and one behind it.
        assert _is_there(text, new)


def _is_there(text: str, new: str) -> bool:
    place = next((n for n, (a, b) in enumerate(zip(text, new, strict=False)) if a != b), len(text))
    return any(new.endswith(text[n:]) and new.startswith(text[:n]) for n in range(place + 1))


LOOKED = '[[looked]]\nof = "trust"\non = 2026-11-23'
NO_NEWS: dict[str, tuple[str, str]] = {
    "the first": ('name = "Acme"\n', f'name = "Acme"\n\n{LOOKED}\n'),
    "behind another": (
        'name = "Acme"\n[[looked]]\non = 2026-01-02\nof = "loyalty"\n',
        f'name = "Acme"\n[[looked]]\non = 2026-01-02\nof = "loyalty"\n\n{LOOKED}\n',
    ),
    "again": (
        'name = "Acme"\n[[looked]]\non = 2026-01-02 # a call\nof = "trust"\n',
        'name = "Acme"\n[[looked]]\non = 2026-11-23 # a call\nof = "trust"\n',
    ),
    "again, in a list": (
        'looked = [{ of = "trust", on = 2026-01-02 }]\nname = "Acme"\n',
        'looked = [{ of = "trust", on = 2026-11-23 }]\nname = "Acme"\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), NO_NEWS.values(), ids=NO_NEWS)
def test_that_there_was_nothing_new_is_kept_once_for_each_trait(before: str, after: str) -> None:
    assert with_looked(before, Looked(of=Trait.TRUST, on=date(2026, 11, 23))) == after
    assert Looked(of=Trait.TRUST, on=date(2026, 11, 23)) in _account(after).looked
