from dataclasses import replace

from fakes.accounts import account
from fakes.briefs import BRIEFS, OPEN, brief

from dripper.prep.premortem import LINES
from dripper.workspace.model.account import Account


def test_a_prepared_talk_has_five_lines_from_what_is_known() -> None:
    lines = brief(questions=(OPEN,)).premortem

    assert len(lines) == LINES
    assert "They took their alternative, “A tender”; we last looked on 1 Oct 2026." in lines
    assert any(line.startswith("Our first reason did not hold: ") for line in lines)


def test_what_blocks_comes_first() -> None:
    first = brief(our_walk_away=None).premortem[0]

    assert first == "We went all the same: we have no walk-away point."


def test_a_decider_without_a_known_boss_is_a_reason() -> None:
    ana = replace(account().contacts[1], boss=None)
    who: Account = account(contacts=(ana,))

    assert "Ana Weber agreed, and had to ask somebody whom we do not know." in brief(who).premortem


def test_no_line_comes_twice_and_none_without_a_negotiation() -> None:
    for one in BRIEFS.values():
        assert len(set(one.premortem)) == len(one.premortem) <= LINES
        assert one.premortem == () or one.negotiation
