"""The brief as JSON, version 1.

    version     1
    account     {id, name}
    negotiation {id, title, on}, or null
    today, verdict ("ready" or "reschedule"), verdict_text: [sentence]
    gate        {ready, because, earliest, blocks and betters: [{code, reason, task, owner, due}], note: [two lines]}
    numbers     {stated: [{key, label, text, guess}], zone ("there", "perhaps", "none" or "unknown"), zone_text, faults}
    front       the ids of page one's metrics
    metrics     as in `dripper metrics --json`; also title, unit, baseline, now, goal, by, agreed, we_lead, bad_rows,
                sentence
    demands     [{said, reason, answer, metric}]
    angles      {ours, theirs: [{category, claim, sure, source, on, worth: {low, middle, high, currency, text},
                share_of_contract, counter, answer, rock_solid, missing, metric}]}
    leads       the places in `angles.ours` to lead with
    people      [{name, role, decides, boss, judged_on, style}]
    objectives  [{theirs, ours, aligned, metrics, agreed_on}]
    lead        {area, milestones: [{what, by}]}, or null
    alternatives {ours, theirs: {what, worth, checked_on}, or null}
    packages    as `dripper packages --json` prints them, or null; nothing is fair without the walk-away points of both
    say, trades, questions, facts, promises {kept, broken, due}, unclaimed
    figures     [{metric, what, text, rows, formula, test, on}]: where each number of a page comes from

Dates are ISO 8601; `null` is what is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.brief.packages import brief_packages_json
from dripper.pages.brief.verdict import verdict_section, verdict_word
from dripper.pages.layout import Text
from dripper.pages.metrics import exact, reading_json
from dripper.prep.figures import figures_of
from dripper.prep.say import sentence
from dripper.prep.words import money, money_range
from dripper.workspace.model.values import MoneyRange

if TYPE_CHECKING:
    from datetime import date

    from dripper.prep.angles.angle import Angle
    from dripper.prep.brief import Brief
    from dripper.prep.gate import Gate, Homework
    from dripper.prep.numbers import Numbers
    from dripper.prep.reading import Reading
    from dripper.prep.worth import Amount
    from dripper.workspace.model.account import Contact, Fact, Lead, Objective, Promise
    from dripper.workspace.model.negotiation import Negotiation, OurAlternative, Question, TheirAlternative

VERSION = 1


def brief_json(brief: Brief) -> dict[str, Any]:
    """Return the document."""
    return {
        "version": VERSION,
        "account": {"id": brief.account.id, "name": brief.account.name},
        "negotiation": _negotiation(brief.negotiation),
        "today": brief.today.isoformat(),
        "verdict": verdict_word(brief),
        "verdict_text": [text.text for text in verdict_section(brief).blocks if isinstance(text, Text)],
        "gate": gate_json(brief.gate),
        "numbers": _numbers(brief.numbers),
        "packages": brief_packages_json(brief.packages),
        "front": [reading.id for reading in brief.front],
        "metrics": [_metric(reading) for reading in brief.readings],
        "demands": [
            {"said": each.said, "reason": each.reason, "answer": each.answer, "metric": each.metric or None}
            for each in brief.demands
        ],
        "angles": {"ours": [_angle(each) for each in brief.ours], "theirs": [_angle(each) for each in brief.theirs]},
        "leads": [brief.ours.index(angle) for angle in brief.leads],
        "people": [_person(contact) for contact in brief.people],
        "lead": _lead(brief.account.lead),
        "objectives": [_objective(objective) for objective in brief.account.objectives],
        **_written(brief.negotiation),
        "questions": [_question(question) for question in brief.questions],
        "facts": [_fact(fact) for fact in brief.facts],
        "promises": {
            "kept": [_promise(each) for each in brief.promises.kept],
            "broken": [_promise(each) for each in brief.promises.broken],
            "due": [_promise(each) for each in brief.promises.due],
        },
        "unclaimed": list(brief.unclaimed),
        "figures": [
            {
                "metric": figure.metric,
                "what": figure.what,
                "text": figure.text,
                "rows": figure.rows,
                "formula": figure.formula,
                "test": figure.test or None,
                "on": iso(figure.on),
            }
            for reading in brief.readings
            for figure in figures_of(reading)
        ],
    }


def gate_json(gate: Gate) -> dict[str, Any]:
    """Return the gate, as `prep --check --format json` prints it."""
    return {
        "ready": gate.ready,
        "because": gate.because or None,
        "earliest": iso(gate.earliest),
        "blocks": [_homework(work) for work in gate.blocks],
        "betters": [_homework(work) for work in gate.betters],
        "note": list(gate.note),
    }


def iso(on: date | None) -> str | None:
    """Return a date as ISO 8601."""
    return on.isoformat() if on else None


def _negotiation(negotiation: Negotiation | None) -> dict[str, Any] | None:
    if negotiation is None:
        return None
    return {"id": negotiation.id, "title": negotiation.title, "on": iso(negotiation.on)}


def _written(negotiation: Negotiation | None) -> dict[str, Any]:
    says = negotiation.say if negotiation else ()
    trades = negotiation.trades if negotiation else ()
    ours = negotiation.our_alternative if negotiation else None
    theirs = negotiation.their_alternative if negotiation else None
    return {
        "alternatives": {"ours": _alternative(ours), "theirs": _alternative(theirs)},
        "say": [{"text": each.text, "source": each.source or None} for each in says],
        "trades": [{"give": each.give, "get": each.get} for each in trades],
    }


def _alternative(alternative: OurAlternative | TheirAlternative | None) -> dict[str, Any] | None:
    if alternative is None:
        return None
    worth = alternative.worth
    text = None if worth is None else money_range(worth) if isinstance(worth, MoneyRange) else money(worth)
    return {"what": alternative.what, "worth": text, "checked_on": iso(alternative.checked_on)}


def _lead(lead: Lead | None) -> dict[str, Any] | None:
    if lead is None:
        return None
    return {"area": lead.area, "milestones": [{"what": each.what, "by": iso(each.by)} for each in lead.milestones]}


def _homework(work: Homework) -> dict[str, Any]:
    return {"code": work.code, "reason": work.reason, "task": work.task, "owner": work.owner, "due": iso(work.due)}


def _numbers(numbers: Numbers | None) -> dict[str, Any] | None:
    if numbers is None:
        return None
    return {
        "stated": [
            {"key": each.key, "label": each.label, "text": each.text or None, "guess": each.guess}
            for each in numbers.stated
        ],
        "zone": numbers.zone.value,
        "zone_text": numbers.zone_text,
        "faults": list(numbers.faults),
    }


def _metric(reading: Reading) -> dict[str, Any]:
    metric = reading.metric
    return reading_json(reading) | {
        "title": metric.title,
        "unit": metric.unit or None,
        "baseline": None if metric.baseline is None else float(metric.baseline),
        "now": None if reading.now is None else float(reading.now),
        "goal": None if metric.goal is None else float(metric.goal),
        "by": iso(metric.by),
        "agreed": metric.agreed,
        "we_lead": metric.we_lead,
        "bad_rows": reading.bad_rows,
        "sentence": sentence(reading),
    }


def _angle(angle: Angle) -> dict[str, Any]:
    return {
        "category": angle.category.value,
        "claim": angle.claim,
        "sure": angle.sure.value,
        "source": angle.source or None,
        "on": iso(angle.on),
        "worth": _amount(angle.amount, angle.size),
        "share_of_contract": None if angle.share is None else exact(angle.share),
        "counter": angle.exchange.counter or None,
        "answer": angle.exchange.answer or None,
        "rock_solid": angle.rock_solid,
        "missing": list(angle.missing),
        "metric": angle.metric or None,
    }


def _amount(amount: Amount | None, size: str) -> dict[str, Any] | None:
    if amount is None:
        return None
    ends = {"low": exact(amount.low), "middle": exact(amount.middle), "high": exact(amount.high)}
    return ends | {"currency": amount.currency, "text": size}


def _person(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "role": contact.role or None,
        "decides": contact.decides,
        "boss": contact.boss,
        "judged_on": list(contact.judged_on),
        "style": contact.style or None,
    }


def _objective(objective: Objective) -> dict[str, Any]:
    return {
        "theirs": objective.theirs or None,
        "ours": objective.ours or None,
        "aligned": objective.aligned or None,
        "metrics": list(objective.metric_ids),
        "agreed_on": iso(objective.agreed_on),
    }


def _question(question: Question) -> dict[str, Any]:
    due = iso(question.due)
    return {"text": question.text, "critical": question.critical, "owner": question.owner or None, "due": due}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "on": iso(fact.on),
        "kind": fact.kind.value,
        "for": fact.for_.value,
        "what": fact.what,
        "worth": str(fact.worth) if fact.worth else None,
        "source": fact.source or None,
        "sure": fact.sure.value,
        "internal": fact.internal,
    }


def _promise(promise: Promise) -> dict[str, Any]:
    return {"what": promise.what, "due": iso(promise.due), "kept_on": iso(promise.kept_on)}
