from __future__ import annotations

import json
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest
from fakes.courses import recipient
from fakes.effort import spent
from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.allow import read_allow
from dripper.lint.campaign import CampaignFile
from dripper.lint.draft import Draft, read_draft, read_line
from dripper.lint.mail import read_mail
from dripper.lint.options import Options
from dripper.lint.reading import Reading
from dripper.lint.rule import Origin, Rule, Writing
from dripper.lint.rules import d801_allow_without_reason, d802_unused_allow
from dripper.lint.ruleset import RULES
from dripper.lint.runner import lint_draft
from dripper.lint.sending import Sending
from dripper.lint.sieve import Sieve
from dripper.problem import Passage, Problem
from dripper.text.render import Template, TemplateError
from dripper.workspace.campaign import read_campaign
from dripper.workspace.contact_list import read_contact_list
from dripper.workspace.disk import open_lines
from dripper.workspace.metrics import read_metrics
from dripper.workspace.model.address import Sender
from dripper.workspace.model.campaign import Campaign, Message
from dripper.workspace.model.settings import Mailbox, Settings, Smtp, WorkspaceTable
from dripper.workspace.model.values import Every, Zone
from dripper.workspace.model.workspace import Workspace
from dripper.workspace.toml import Document

PROSE = [rule for rule in RULES if rule.on_message]
CAMPAIGN = [rule for rule in RULES if rule.on_campaign]
MAILBOX = [rule for rule in RULES if rule.on_mailbox]
TAGS = [
    "{{ a }}",
    "{{",
    "}}",
    "{%",
    "{% if a %}",
    "{% for b in a %}",
    "{% for b in a %}{% endfor %}",
    "{#",
    "{{ a ",
    "(",
    "a ~ ",
]
PIECES = [
    "a", "a ", ".", "a.", ".a", "a.b.", "?", "?\n", "'", '"', "@", "@a", "#", "#1", "#a", "://", "http://", "www.", "-",
    "a-", "please ", "would be ", "could you, ", ", ", "if, ", "call ", "Call ", "go- ", "1.", "1,", "\n", "\r", "\t",
    "[A", "{a", "<!--", "-->",
    "é", "e\u0301", "👩‍👧", "\u202e", "\x00", "\u2028", "“",
]  # fmt: skip
IN_LINE = [piece for piece in PIECES if "\n" not in piece and "\r" not in piece]


BYTES = 100_000
AT_MOST_S = 5.0


def many(piece: str) -> str:
    return piece * (BYTES // len(piece.encode())) + "x"


def origin_of(text: str) -> Origin:
    message = Message(id="a", subject="a", text=text, gift=text, shifts=text)
    campaign = Campaign(every=Every.parse("2 weeks"), greeting=text, messages=(message,))
    return Origin(
        campaign=campaign,
        message=message,
        recipient=None,
        key=lambda _name: Reading(Passage.of_file(text), ("gift",)),
        accounts=lambda: (),
    )


def campaign_of(text: str) -> CampaignFile:
    quoted = json.dumps(text, ensure_ascii=False)
    document = Document.parse(
        "a.toml",
        f"every = '2 weeks'\nstart = 2026-12-01\ngreeting = {quoted}\n[[message]]\n"
        f"subject = {quoted}\ntext = {quoted}\nonly = {{ role = {quoted} }}\nwhen = 'no'",
    )
    assert isinstance(document, Document)
    campaign = read_campaign(document, default_id="a").mended
    assert campaign is not None
    home = WorkspaceTable(name="a", timezone=Zone.parse("Europe/Berlin"))
    settings = Settings(workspace=home, mailboxes={})
    return CampaignFile(
        workspace=Workspace(root="", settings=settings),
        campaign=campaign,
        document=document,
        recipients=(recipient(role="Buyer"),),
        values=({"contact": {"role": "Buyer"}},),
    )


# All rules read the same words and sentences; the first to need them pays for them.
@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_hundred_kilobytes_of_anything_take_no_rule_long(piece: str) -> None:
    text = read_draft(many(piece)).text
    draft = Writing(subject=text, text=text, chars=140)
    message = Writing(subject=text, text=text, chars=140, origin=origin_of(many(piece)))
    for rule in PROSE:
        assert rule.on_message is not None
        found = rule.on_message(draft if rule.drafts else message)
        assert spent(lambda found=found: list(islice(found, 1000))) < AT_MOST_S, rule.code


@pytest.mark.parametrize("piece", [*PIECES, *TAGS], ids=repr)
def test_a_campaign_of_anything_takes_no_rule_long(piece: str) -> None:
    file = campaign_of(many(piece))
    for rule in CAMPAIGN:
        assert rule.on_campaign is not None
        found = rule.on_campaign(file)
        assert spent(lambda found=found: list(islice(found, 1000))) < AT_MOST_S, rule.code


@pytest.mark.parametrize("rule", MAILBOX, ids=lambda rule: rule.code)
@pytest.mark.parametrize("piece", ["a.", "a", ".", "@", "-", "co.uk."])
def test_a_mailbox_of_anything_takes_no_rule_long(rule: Rule, piece: str) -> None:
    document = Document.parse("dripper.toml", "[mailbox.dana]\nfrom = 'dana@north.example'")
    assert isinstance(document, Document)
    smtp = Smtp(host=many(piece), user=f"a@{many(piece)}")
    mailbox = Mailbox(from_=Sender.parse("dana@north.example"), smtp=smtp)
    assert rule.on_mailbox is not None
    found = rule.on_mailbox(Sending(mailbox=mailbox, name="dana", document=document))

    assert spent(lambda: list(found)) < AT_MOST_S


@pytest.mark.parametrize("piece", ["dripper: allow ", "dripper:", " because", "allow because ", "a, ", "-->"], ids=repr)
def test_a_comment_of_anything_takes_no_rule_long(piece: str) -> None:
    def work() -> None:
        allow = read_allow("dripper: allow " + many(piece), Passage.of_file("").locate(0, 0))
        assert allow is not None
        list(d801_allow_without_reason.findings(allow))
        list(d802_unused_allow.findings(allow, allow.unused(RULES, RULES)[:100], RULES))

    assert spent(work) < AT_MOST_S


@pytest.mark.parametrize("piece", [*PIECES, *TAGS], ids=repr)
def test_a_template_of_anything_is_rendered_or_refused_soon(piece: str) -> None:
    def work() -> None:
        for length in (500, 19_000, BYTES):
            with suppress(TemplateError):
                Template(Passage.of_file(many(piece)[:length])).render({"a": "b"})

    assert spent(work) < AT_MOST_S


@pytest.mark.parametrize(
    "piece", [*PIECES, "a = ", "[a]\n", "[[a]]\n", "a.", "{", "[", "a = [", '"""', "a,b\n", ",", ";", '","'], ids=repr
)
def test_a_file_of_anything_is_read_or_refused_soon(piece: str, tmp_path: Path) -> None:
    rows = tmp_path / "a.csv"
    rows.write_text("metric,date,value\n" + many(piece), encoding="utf-8", newline="")

    def work() -> None:
        document = Document.parse("a.toml", many(piece))
        if isinstance(document, Document):
            read_campaign(document, default_id="a")
        read_contact_list(f"email,name\n{many(piece)}", file="a.csv")
        read_metrics(open_lines(rows, name="a.csv"), name="a.csv", account="a")

    assert spent(work) < AT_MOST_S


def test_every_rule_is_among_those_that_are_tried() -> None:
    tried = [*PROSE, *CAMPAIGN, *MAILBOX, d801_allow_without_reason.RULE, d802_unused_allow.RULE]

    assert [rule.code for rule in RULES if rule not in tried and not rule.by_reader] == []


def check(draft: Draft) -> list[Problem]:
    return lint_draft(draft, "x", Options(), Sieve(rule for rule in RULES if rule.drafts))


def inside(problem: Problem, lines: list[str]) -> bool:
    span = problem.span
    return (
        (span.line, span.column) <= (span.end_line, span.end_column)
        and 1 <= span.line <= span.end_line <= len(lines)
        and span.column <= len(lines[span.line - 1]) + 1
        and span.end_column <= len(lines[span.end_line - 1]) + 1
    )


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_every_place_lies_in_the_draft(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    assert all(inside(problem, lines) for problem in check(read_draft(text)))


@given(
    st.lists(st.sampled_from([each for each in PIECES if "\n" not in each and "\r" not in each]), max_size=60).map(
        "".join
    )
)
def test_every_place_lies_in_its_line(text: str) -> None:
    lines = ["", "", text]

    assert all(inside(problem, lines) and problem.span.line == 3 for problem in check(read_line(text, 3)))


@given(st.text(max_size=300))
def test_no_mail_crashes_the_linter(text: str) -> None:
    check(read_mail(text))
    check(read_mail(f"Subject: a\nContent-Type: text/plain; charset={text[:9]!r}\n\n{text}"))
