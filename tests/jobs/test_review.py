"""The review: whom it asks about, what it asks, and that each answer is in the file before the next question."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from fakes.workspaces import edit, small_workspace, write

from dripper.errors import DripperError, FileError, UsageError
from dripper.jobs.review import Review, record, reviews
from dripper.jobs.review_walk import Walk
from dripper.workspace.files import load
from dripper.workspace.model.account import Bucket, Evidence, Side, Trait

TODAY = date(2026, 11, 23)
FILE = "campaigns/acme/account.toml"
PIECE = Evidence(on=TODAY, of=Trait.TRUST, side=Side.THEM, says=Bucket.PARTNER, what="Sent the log")
EVIDENCE = '[[evidence]]\non = {}\nof = "{}"\nside = "them"\nsays = "partner"\nwhat = "Something"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def _due(root: Path, *names: str, limit: int = 20, skip: int = 0, today: date = TODAY) -> tuple[Review, ...]:
    loaded = load(root)
    assert loaded.workspace is not None
    return reviews(loaded, loaded.workspace, names, today=today, limit=limit, skip=skip)


def _ids(found: tuple[Review, ...]) -> list[str]:
    return [each.account.id for each in found]


def _walk(root: Path, *answers: str, then: Callable[[], str] | None = None) -> tuple[Walk, list[str]]:
    """Walk through all accounts with these answers; `then` gives the rest, by default an end."""
    told: list[str] = []
    given: Iterator[str] = iter(answers)

    def ask(question: str) -> str:
        told.append(question)
        answer = next(given, None)
        return answer if answer is not None else then() if then else "q"

    walk = Walk(ask=ask, tell=told.append, record=partial(record, root), today=TODAY)
    walk.through(_due(root))
    return walk, told


def _text(root: Path) -> str:
    return (root / FILE).read_text(encoding="utf-8")


def test_an_answer_is_written_behind_what_stands_there(root: Path) -> None:
    before = _text(root)
    walk, told = _walk(root, "", "p", "", "", "Signed before the board met", "q")

    assert (walk.labels, walk.pieces) == (0, 1)
    assert _text(root) == before + (
        '\n[[evidence]]\non = 2026-11-23\nof = "commitment"\nside = "them"\nsays = "partner"\n'
        'what = "Signed before the board met"\n'
    )
    assert f"  wrote it into {FILE}" in told
    assert "  nothing written: no sentence" not in told


def test_a_label_is_written_where_it_is_another(root: Path) -> None:
    walk, _ = _walk(root, "partner", "q")
    again, _ = _walk(root, "p", "q")

    assert (walk.labels, again.labels) == (1, 0)
    assert _text(root).count('bucket = "partner"') == 1


def _stop() -> str:
    raise KeyboardInterrupt


STOPPED = {
    "before anything": ((), 0, False),
    "after the label": (("c",), 0, True),
    "within a piece": (("c", "p", "u", "2026-10-01"), 0, True),
    "after a piece": (("c", "p", "u", "2026-10-01", "Sent juniors"), 1, True),
}


@pytest.mark.parametrize(("answers", "pieces", "labelled"), STOPPED.values(), ids=STOPPED)
def test_to_be_interrupted_loses_nothing(root: Path, answers: tuple[str, ...], pieces: int, labelled: bool) -> None:
    with pytest.raises(KeyboardInterrupt):
        _walk(root, *answers, then=_stop)

    assert _text(root).count("[[evidence]]") == pieces
    assert ('bucket = "client"' in _text(root)) is labelled
    assert load(root).problems == ()


def test_what_cannot_be_meant_is_asked_for_again(root: Path) -> None:
    answers = ("maybe", "", "p", "we", "u", "yesterday", "2027-01-01", "2026-10-01", "a\x07b", "\udc80", "Sent it", "q")
    walk, told = _walk(root, *answers)

    assert walk.pieces == 1
    assert 'on = 2026-10-01\nof = "commitment"\nside = "us"\nsays = "partner"\nwhat = "Sent it"' in _text(root)
    said = "\n".join(told)
    assert "Say p, c or press Enter" in said
    assert "Say t, u or press Enter" in said
    assert "Write it as 2026-11-23." in said
    assert "That day is still to come." in said
    assert "the control character U+0007 stands in the text: delete it" in said
    assert "That is no text." in said


def test_a_piece_without_words_is_none_and_that_is_said(root: Path) -> None:
    walk, told = _walk(root, "", "p", "", "", "  ", "q")

    assert walk.pieces == 0
    assert told[told.index("  What happened, in one sentence? ") + 1] == "  nothing written: no sentence"
    assert "[[evidence]]" not in _text(root)


def test_an_account_is_skipped_and_the_walk_goes_on(root: Path) -> None:
    write(root, "campaigns/globex/account.toml", 'name = "Globex"\n')
    walk, told = _walk(root, "s", "p", "q")

    assert walk.labels == 1
    assert "\n2 of 2  Globex (globex)" in told
    assert 'bucket = "partner"' in (root / "campaigns/globex/account.toml").read_text()


def test_a_file_that_is_broken_meanwhile_is_told_and_the_walk_goes_on(root: Path) -> None:
    write(root, "campaigns/globex/account.toml", 'name = "Globex"\n')

    def spoil() -> str:
        write(root, FILE, "name = \n")
        return "p"

    answers = iter((spoil, lambda: "c", lambda: "q"))

    def answer() -> str:
        return next(answers)()

    _, told = _walk(root, then=answer)

    assert _text(root) == "name = \n"
    assert any("changed meanwhile" in line for line in told)
    assert 'bucket = "client"' in (root / "campaigns/globex/account.toml").read_text()


def test_what_an_editor_saved_meanwhile_stays(root: Path) -> None:
    (review,) = _due(root)
    edit(root, 'name = "Ben Maier"', 'name = "Ben Meier"', FILE)
    assert record(root, review.account, PIECE) is None

    assert 'name = "Ben Meier"' in _text(root)
    assert "Sent the log" in _text(root)


def test_a_byte_order_mark_and_the_line_ends_stay(root: Path) -> None:
    content = b'\xef\xbb\xbfname = "Acme"\r\n# ours\r\n'
    (root / FILE).write_bytes(content)
    (review,) = _due(root)
    record(root, review.account, PIECE)

    after = (root / FILE).read_bytes()
    assert after.startswith(content)
    assert b"\n" not in after.replace(b"\r\n", b"")


def test_a_file_that_is_gone_is_told(root: Path) -> None:
    (review,) = _due(root)
    (root / FILE).unlink()

    with pytest.raises(FileError, match="cannot be read any more"):
        record(root, review.account, PIECE)


def _well_known(root: Path, name: str, *, on: str) -> None:
    traits = "".join(EVIDENCE.format(on, trait.value) for trait in Trait)
    ours = EVIDENCE.format(on, "favours") + EVIDENCE.format(on, "importance")
    write(root, f"campaigns/{name}/account.toml", f'name = "X"\nbucket = "partner"\n{traits}{ours}')


def test_who_is_rightly_called_and_well_known_is_left_out_unless_named(root: Path) -> None:
    _well_known(root, "fresh", on="2026-11-01")
    _well_known(root, "stale", on="2026-07-01")

    assert _ids(_due(root)) == ["acme", "stale"]
    assert _ids(_due(root, "fresh")) == ["fresh"]
    assert _due(root, "fresh")[0].traits == ()


def test_where_there_was_nothing_new_it_asks_again_after_a_quarter(root: Path) -> None:
    first = _due(root)[0].traits
    walk, _ = _walk(root, "", "", "", "", "q")

    assert (walk.nothing, walk.pieces) == (3, 0)
    assert [each.of for each in _due(root, "acme")[0].account.looked] == list(first)
    assert not {*first} & {*_due(root)[0].traits}
    assert _due(root, today=TODAY + timedelta(days=91))[0].traits == first


def test_an_account_of_which_there_is_no_news_is_left_out_but_for_a_quarter(root: Path) -> None:
    for _ in range(3):
        _walk(root, *[""] * 4)

    assert _due(root) == ()
    assert _ids(_due(root, "acme")) == ["acme"]
    assert _ids(_due(root, today=TODAY + timedelta(days=91))) == ["acme"]


def test_twenty_at_a_time_and_the_next_twenty(root: Path) -> None:
    for number in range(24):
        write(root, f"campaigns/a{number:02}/account.toml", f'name = "A {number}"\n')

    first, rest = _due(root), _due(root, skip=20)
    assert (len(first), len(rest)) == (20, 5)
    assert not {*_ids(first)} & {*_ids(rest)}


def test_the_least_known_is_asked_first(root: Path) -> None:
    write(root, FILE, 'name = "Acme"\n' + EVIDENCE.format("2026-11-01", "trust"))

    assert _due(root)[0].traits == (Trait.COMMITMENT, Trait.COLLABORATION, Trait.IMPORTANCE)


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [("nobody", UsageError, "no account 'nobody'"), ("bare", UsageError, "bare has no account.toml to write into")],
)
def test_whom_it_cannot_ask_about_is_told(root: Path, name: str, error: type[DripperError], said: str) -> None:
    write(root, "campaigns/bare/metrics.csv", "metric,date,value\norders,2026-10-31,5\n")

    assert "bare" not in _ids(_due(root))
    with pytest.raises(error, match=said):
        _due(root, name)
