"""The accounts in lines, in JSON and on a page of their own; the charter and the agenda."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from fakes.accounts import TODAY, account, returns_rate
from fakes.evidence import CLIENT, PARTNER, piece

from dripper.pages.account import account_json, account_page
from dripper.pages.accounts import accounts_json, accounts_text
from dripper.pages.charter import charter_json, charter_page
from dripper.pages.html import html
from dripper.pages.markdown import markdown
from dripper.prep.relationship import relationship_of
from dripper.prep.relationship_plan import Course
from dripper.workspace.model.account import Account, Better, Bucket, Contact, Lead, Milestone, Objective, Promise
from dripper.workspace.model.values import Number

SHORTEST = Account(id="bare", name="Bare")
WRONG = account(bucket=Bucket.PARTNER, evidence=CLIENT)
RIGHT = account(id="globex", name="Globex", bucket=Bucket.PARTNER, evidence=PARTNER)


def _rows(*known: Account) -> list[tuple[Account, Any]]:
    return [(each, relationship_of(each, today=TODAY)) for each in known]


def _page(who: Account) -> str:
    course = Course(account=who, relationship=relationship_of(who, today=TODAY), today=TODAY)
    return markdown(account_page(course))


def test_each_account_is_told_with_its_reason_and_what_is_missing() -> None:
    assert accounts_text(_rows(WRONG, RIGHT), width=100) == (
        "2 accounts: 1 wrongly called, 1 rightly called.\n"
        "\n"
        "acme    Acme Retail: called partner, evidence says client: false security\n"
        "        They act so: loyalty and commitment. The contract renews on 1 Apr 2027.\n"
        "        Commitment: speaks against it: “Something of commitment” (24 Oct 2026)\n"
        "        Collaboration and trust: nothing is written down\n"
        "\n"
        "globex  Globex: called partner, and the evidence says so\n"
        "        They act so: favours, commitment and trust. The contract renews on 1 Apr 2027.\n"
        "        Commitment and trust: only they have shown it\n"
        "        Collaboration: nothing is written down"
    )


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, accounts_text(_rows(WRONG, RIGHT, SHORTEST), width=width).splitlines())) <= width


def test_no_account_is_told_how_to_start_one() -> None:
    assert accounts_text([], width=100) == "No accounts yet: `dripper new account NAME` starts one."


def test_the_json_is_the_documented_one() -> None:
    document = json.loads(json.dumps(accounts_json(_rows(WRONG, SHORTEST))))

    assert list(document) == ["version", "accounts"]
    wrong, bare = document["accounts"]
    assert list(wrong) == list(bare)
    assert (wrong["label"], wrong["evidence"], wrong["match"]) == ("partner", "client", "wrong")
    assert (bare["label"], bare["evidence"], bare["match"], bare["renews_on"]) == (None, None, "open", None)
    assert bare["missing"] == dict.fromkeys(("commitment", "collaboration", "trust"), "nothing is written down")
    assert [each["trait"] for each in wrong["traits"] if each["says"] == "client"] == ["loyalty", "commitment"]


def test_a_page_holds_all_of_one_account() -> None:
    text = _page(
        replace(
            WRONG,
            promises=(Promise(what="Report", due=date(2026, 6, 5)),),
            evidence=(*CLIENT, piece("loyalty", "client", days=90, what="Older")),
        )
    )

    assert "## Called partner, evidence says client: false security" in text
    assert "| Loyalty | Client: Something of loyalty (24 Oct 2026), and 1 more | – | speaks against it |" in text
    assert "### Change theirs\n\n- Ask what stood behind this" in text
    assert "| Broken | Report | 5 Jun 2026 | – |" in text
    assert (
        "**Emre Sahin** Head of Operations; judged on what we do not know; answers to Ana Weber, who is judged on"
        in text
    )
    assert "Who decides is not known" not in text


def test_a_page_says_what_nobody_knows() -> None:
    text = _page(replace(SHORTEST, contacts=(Contact(name="Ben", boss="Jo"),)))

    assert "**Who decides is not known.**" in text
    assert "**Ben** judged on what we do not know; answers to Jo, who is judged on what we do not know" in text
    assert "None is written down: whenever we make one, it belongs into the file." in text


def test_a_page_tells_of_evidence_that_is_dated_in_the_future() -> None:
    assert "1 piece of evidence dated after today: not used." in _page(
        replace(WRONG, evidence=(*CLIENT, piece("trust", days=-1)))
    )


def test_the_json_of_one_account_has_all_of_its_page() -> None:
    course = Course(account=WRONG, relationship=relationship_of(WRONG, today=TODAY), today=TODAY)
    found = account_json(course)["account"]

    assert next(part["title"] for part in found["plan"]) == "Change our view"
    assert [(each["what"], each["state"]) for each in found["promises"]] == [
        ("Monthly report", "kept late"),
        ("Pilot live", "kept"),
    ]
    assert found["decided_by"] == ["Ana Weber"]
    assert found["people"][1]["boss_judged_on"] == ["margin"]


LEAD = Lead(area="Returns", milestones=(Milestone(what="Footwear live", by=date(2027, 3, 31)),))


def test_a_charter_holds_what_was_agreed_and_what_is_open() -> None:
    hours = returns_rate(id="hours", name="Hours", agreed=False)
    growth = Objective(theirs="Growth", agreed_on=TODAY + timedelta(days=1))
    agreed = Objective(
        theirs="Fewer returns", ours="Two years", aligned="Margin", metric_ids=("returns_rate",), agreed_on=TODAY
    )
    text = markdown(
        charter_page(
            account(lead=LEAD, metrics=(returns_rate(by=None), hours), objectives=(agreed, growth)), today=TODAY
        )
    )

    assert text.startswith("# Acme Retail: charter\n")
    assert "- **Agreed on 23 Nov 2026**\n  - **Theirs:** Fewer returns\n  - **Ours:** Two years" in text
    assert "  - **Decided by:** Returns rate" in text
    assert "| Returns rate | 31.2% | lower | 23.0% | – |" in text
    assert "- **Returns**\n  - Footwear live by 31 Mar 2027" in text
    still = text.partition("## Still to agree\n\n")[2].splitlines()
    assert still == ["- Objective: Growth.", "- Returns rate: its date of the goal.", "- Metric: Hours."]


def test_the_goal_of_a_band_is_the_band() -> None:
    band = returns_rate(better=Better(way="band", low=Number(20), high=Number("24.5")), goal=None, baseline=None)

    text = markdown(charter_page(account(metrics=(band,)), today=TODAY))
    assert "| Returns rate | – | within | 20 to 24.5% | 30 Jun 2027 |" in text
    assert "its baseline" not in text


NOTHING_AGREED = {
    "bare": SHORTEST,
    "in the future": account(
        metrics=(returns_rate(agreed=False),),
        objectives=(Objective(theirs="Growth", agreed_on=TODAY + timedelta(days=1)),),
    ),
}


@pytest.mark.parametrize("who", NOTHING_AGREED.values(), ids=NOTHING_AGREED)
def test_when_nothing_is_agreed_the_charter_is_the_agenda_of_the_first_call(who: Account) -> None:
    text, document = markdown(charter_page(who, today=TODAY)), charter_json(who, today=TODAY)

    assert text.startswith(f"# {who.name}: kick-off call\n")
    assert "What must be true in a year for you to call this a success?" in text
    assert (document["agreed"], len(document["agenda"]), document["objectives"]) == (False, 9, [])


def test_the_agenda_brings_what_the_file_knows() -> None:
    agenda = {
        item["point"]: item["bring"] for item in charter_json(NOTHING_AGREED["in the future"], today=TODAY)["agenda"]
    }

    assert agenda["What they want"] == "our guess: Growth"
    assert agenda["Baseline, goal and date"] == "Returns rate from 31.2% to 23.0% by 30 Jun 2027"
    assert agenda["Who decides"] == "Ana Weber, judged on margin"
    assert agenda["When something fails"] == "–"


def test_a_charter_with_an_agreement_has_no_agenda() -> None:
    document = charter_json(account(), today=TODAY)

    assert (document["agreed"], document["agenda"]) == (True, [])
    assert document["metrics"][0]["goal"] == 23.0


NASTY = "<script>alert(1)</script> *a* | e & f\n\n- k"


def test_what_came_from_a_file_becomes_no_markup() -> None:
    who = account(
        name=NASTY,
        evidence=(piece("trust", "client", what=NASTY),),
        contacts=(Contact(name=NASTY, role=NASTY, boss=NASTY, judged_on=(NASTY,), decides=True),),
        promises=(Promise(what=NASTY, due=TODAY),),
        objectives=(Objective(theirs=NASTY, aligned=NASTY, ours=NASTY),),
        metrics=(returns_rate(name=NASTY, agreed=False),),
    )
    course = Course(account=who, relationship=relationship_of(who, today=TODAY), today=TODAY)
    pages = html(account_page(course)), html(charter_page(who, today=TODAY))

    assert not [page for page in pages if "<script" in page]
    assert all("&lt;script&gt;" in page for page in pages)
