"""The brief as JSON, version 1.

    version     1
    account     {id, name}
    negotiation {id, title, on}, or null
    today, verdict ("ready" or "reschedule"), verdict_text: [sentence]
    gate        {ready, because, earliest, blocks and betters: [{code, reason, task, owner, due}], note: [two lines]}
    numbers     {stated: [{key, label, text, guess}], zone ("there", "perhaps", "none" or "unknown"), zone_text,
                zone_chance (in tenths), faults}
    front       the ids of page one's metrics
    metrics     as in `dripper metrics --json`; also title, unit, baseline, now, goal, by, agreed, we_lead, bad_rows,
                sentence
    demands     [{said, reason, answer, metric}]
    angles      {ours, theirs: [{category, claim, sure, source, on, worth: {low, middle, high, currency, text},
                share_of_contract, counter, answer, breaks, parts: {evidence, magnitude, recency, independence},
                rock_solid, missing, metric}]}
    leads       the places in `angles.ours` to lead with
    people      [{name, role, decides, boss, judged_on, style}]
    objectives  [{theirs, ours, aligned, metrics, agreed_on}]
    lead        {area, milestones: [{what, by}]}, or null
    alternatives {ours, theirs: {what, worth, checked_on}, or null}
    packages    as `dripper packages --json` prints them, or null; nothing is fair without the walk-away points of both
    gifts       {recorded, sent, unknown, messages: […]}, or null where the record was left out
    relationship {label, evidence, match, said, reason, traits: [{of, them, us, missing}]}, or null without evidence
    wording     {count, faults: [{code, line, what, cure}]} of the sentences for the room, or null
    crises      [{on, what, opening, metric, back}]
    assumptions [{what, kind, on, age_days}]
    premortem   [line]
    worst       the ids of the three metrics that stand worst
    since       {on, changes: [sentence]} against the last brief, or null
    say, trades, questions, facts, promises {kept, broken, due}, unclaimed
    figures     [{metric (or null), what, text, rows, formula, test, on}]: where each number of a page comes from

Dates are ISO 8601; `null` is what is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.brief import shapes
from dripper.pages.brief.bond import bond_json
from dripper.pages.brief.gifts import gifts_json
from dripper.pages.brief.packages import brief_packages_json
from dripper.pages.brief.shapes import iso
from dripper.pages.brief.verdict import verdict_section, verdict_word
from dripper.pages.layout import Text
from dripper.prep.traced import traced
from dripper.prep.worst import worst_of

if TYPE_CHECKING:
    from dripper.prep.brief import Brief
    from dripper.prep.gate import Gate

VERSION = 1


def brief_json(brief: Brief) -> dict[str, Any]:
    """Return the document."""
    return {**_verdict(brief), **_case(brief), **_around(brief)}


def gate_json(gate: Gate) -> dict[str, Any]:
    """Return the gate, as `prep --check --format json` prints it."""
    return {
        "ready": gate.ready,
        "because": gate.because or None,
        "earliest": iso(gate.earliest),
        "blocks": [shapes.homework_json(work) for work in gate.blocks],
        "betters": [shapes.homework_json(work) for work in gate.betters],
        "note": list(gate.note),
    }


def _verdict(brief: Brief) -> dict[str, Any]:
    return {
        "version": VERSION,
        "account": {"id": brief.account.id, "name": brief.account.name},
        "negotiation": shapes.negotiation_json(brief.negotiation),
        "today": brief.today.isoformat(),
        "verdict": verdict_word(brief),
        "verdict_text": [text.text for text in verdict_section(brief).blocks if isinstance(text, Text)],
        "gate": gate_json(brief.gate),
    }


def _case(brief: Brief) -> dict[str, Any]:
    """Return what is argued with: numbers, packages, metrics, demands and angles."""
    return {
        "numbers": shapes.numbers_json(brief.numbers),
        "packages": brief_packages_json(brief.packages),
        "front": [reading.id for reading in brief.front],
        "worst": [reading.id for reading in worst_of(brief.readings)],
        "metrics": [shapes.metric_json(reading) for reading in brief.readings],
        "demands": [shapes.demand_json(each) for each in brief.demands],
        "angles": {
            "ours": [shapes.angle_json(each, brief.today) for each in brief.ours],
            "theirs": [shapes.angle_json(each, brief.today) for each in brief.theirs],
        },
        "leads": [brief.ours.index(angle) for angle in brief.leads],
        **shapes.written_json(brief.negotiation),
        "figures": [shapes.figure_json(figure) for figure in traced(brief)],
    }


def _around(brief: Brief) -> dict[str, Any]:
    """Return what else is known: people, promises, facts, and what nobody knows."""
    promises = brief.promises
    states = (("kept", promises.kept), ("broken", promises.broken), ("due", promises.due))
    return {
        "people": [shapes.person_json(contact) for contact in brief.people],
        "lead": shapes.lead_json(brief.account.lead),
        "objectives": [shapes.objective_json(objective) for objective in brief.account.objectives],
        "questions": [shapes.question_json(question) for question in brief.questions],
        "facts": [shapes.fact_json(fact) for fact in brief.facts],
        "promises": {name: [shapes.promise_json(each) for each in kept] for name, kept in states},
        "gifts": gifts_json(brief.gifts),
        "relationship": bond_json(brief.relationship),
        "wording": shapes.wording_json(brief.wording),
        "crises": [shapes.crisis_json(each) for each in brief.crises],
        "assumptions": [shapes.assumption_json(each) for each in brief.assumptions],
        "premortem": list(brief.premortem),
        "since": shapes.since_json(brief.since),
        "unclaimed": list(brief.unclaimed),
    }
