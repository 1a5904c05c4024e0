"""The values of a brief as JSON: each function returns one object as `document` describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.metrics import exact, reading_json
from dripper.prep.say import sentence
from dripper.prep.words import money, money_range
from dripper.workspace.model.values import MoneyRange

if TYPE_CHECKING:
    from datetime import date

    from dripper.prep.angles.angle import Angle
    from dripper.prep.assumptions import Assumption
    from dripper.prep.crises import Crisis
    from dripper.prep.demands import Answered
    from dripper.prep.figures import Figure
    from dripper.prep.gate import Homework
    from dripper.prep.numbers import Numbers
    from dripper.prep.reading import Reading
    from dripper.prep.since import Since
    from dripper.prep.wording import Wording
    from dripper.prep.worth import Amount
    from dripper.workspace.model.account import Contact, Fact, Lead, Objective, Promise
    from dripper.workspace.model.negotiation import Negotiation, OurAlternative, Question, TheirAlternative


def iso(on: date | None) -> str | None:
    """Return a date as ISO 8601."""
    return on.isoformat() if on else None


def negotiation_json(negotiation: Negotiation | None) -> dict[str, Any] | None:
    """Return what names a negotiation."""
    if negotiation is None:
        return None
    return {"id": negotiation.id, "title": negotiation.title, "on": iso(negotiation.on)}


def written_json(negotiation: Negotiation | None) -> dict[str, Any]:
    """Return what the file says of alternatives, sentences and trades."""
    says = negotiation.say if negotiation else ()
    trades = negotiation.trades if negotiation else ()
    ours = negotiation.our_alternative if negotiation else None
    theirs = negotiation.their_alternative if negotiation else None
    return {
        "alternatives": {"ours": alternative_json(ours), "theirs": alternative_json(theirs)},
        "say": [{"text": each.text, "source": each.source or None} for each in says],
        "trades": [{"give": each.give, "get": each.get} for each in trades],
    }


def alternative_json(alternative: OurAlternative | TheirAlternative | None) -> dict[str, Any] | None:
    """Return what a side does without a deal."""
    if alternative is None:
        return None
    worth = alternative.worth
    text = None if worth is None else money_range(worth) if isinstance(worth, MoneyRange) else money(worth)
    return {"what": alternative.what, "worth": text, "checked_on": iso(alternative.checked_on)}


def lead_json(lead: Lead | None) -> dict[str, Any] | None:
    """Return the area where we lead."""
    if lead is None:
        return None
    return {"area": lead.area, "milestones": [{"what": each.what, "by": iso(each.by)} for each in lead.milestones]}


def homework_json(work: Homework) -> dict[str, Any]:
    """Return one piece of homework."""
    return {"code": work.code, "reason": work.reason, "task": work.task, "owner": work.owner, "due": iso(work.due)}


def numbers_json(numbers: Numbers | None) -> dict[str, Any] | None:
    """Return the numbers line."""
    if numbers is None:
        return None
    return {
        "stated": [
            {"key": each.key, "label": each.label, "text": each.text or None, "guess": each.guess}
            for each in numbers.stated
        ],
        "zone": numbers.zone.value,
        "zone_text": numbers.zone_text,
        "zone_chance": numbers.chance,
        "faults": list(numbers.faults),
    }


def metric_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as `dripper metrics --json` has it, with what the brief adds."""
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


def angle_json(angle: Angle, today: date) -> dict[str, Any]:
    """Return an angle as its parts."""
    return {
        "category": angle.category.value,
        "claim": angle.claim,
        "sure": angle.sure.value,
        "source": angle.source or None,
        "on": iso(angle.on),
        "worth": amount_json(angle.amount, angle.size),
        "share_of_contract": None if angle.share is None else exact(angle.share),
        "counter": angle.exchange.counter or None,
        "answer": angle.exchange.answer or None,
        "breaks": angle.breaks,
        "parts": {name: round(part, 2) for name, part in angle.parts(today).items()},
        "rock_solid": angle.rock_solid,
        "missing": list(angle.missing),
        "metric": angle.metric or None,
    }


def amount_json(amount: Amount | None, size: str) -> dict[str, Any] | None:
    """Return an amount with its range."""
    if amount is None:
        return None
    ends = {"low": exact(amount.low), "middle": exact(amount.middle), "high": exact(amount.high)}
    return ends | {"currency": amount.currency, "text": size}


def person_json(contact: Contact) -> dict[str, Any]:
    """Return a person."""
    return {
        "name": contact.name,
        "role": contact.role or None,
        "decides": contact.decides,
        "boss": contact.boss,
        "judged_on": list(contact.judged_on),
        "style": contact.style or None,
    }


def objective_json(objective: Objective) -> dict[str, Any]:
    """Return an objective."""
    return {
        "theirs": objective.theirs or None,
        "ours": objective.ours or None,
        "aligned": objective.aligned or None,
        "metrics": list(objective.metric_ids),
        "agreed_on": iso(objective.agreed_on),
    }


def question_json(question: Question) -> dict[str, Any]:
    """Return an open question."""
    due = iso(question.due)
    return {"text": question.text, "critical": question.critical, "owner": question.owner or None, "due": due}


def fact_json(fact: Fact) -> dict[str, Any]:
    """Return a fact."""
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


def promise_json(promise: Promise) -> dict[str, Any]:
    """Return a promise."""
    return {"what": promise.what, "due": iso(promise.due), "kept_on": iso(promise.kept_on)}


def demand_json(demand: Answered) -> dict[str, Any]:
    """Return what they say with our answer."""
    return {"said": demand.said, "reason": demand.reason, "answer": demand.answer, "metric": demand.metric or None}


def crisis_json(crisis: Crisis) -> dict[str, Any]:
    """Return what went wrong and what it opens."""
    back = None if crisis.back is None else exact(crisis.back)
    said = {"what": crisis.what, "opening": crisis.opening}
    return {"on": iso(crisis.on), **said, "metric": crisis.metric or None, "back": back}


def assumption_json(assumption: Assumption) -> dict[str, Any]:
    """Return what is only assumed, with its age."""
    age = {"on": iso(assumption.on), "age_days": assumption.age_days}
    return {"what": assumption.what, "kind": assumption.kind, **age}


def wording_json(wording: Wording | None) -> dict[str, Any] | None:
    """Return the language check."""
    if wording is None:
        return None
    faults = [{"code": f.code, "line": f.line, "what": f.what, "cure": f.cure} for f in wording.faults]
    return {"count": wording.count, "faults": faults}


def since_json(since: Since | None) -> dict[str, Any] | None:
    """Return what changed."""
    return None if since is None else {"on": iso(since.on), "changes": list(since.changes)}


def figure_json(figure: Figure) -> dict[str, Any]:
    """Return where a number comes from; `metric` is null where it is of none."""
    return {
        "metric": figure.metric or None,
        "what": figure.what,
        "text": figure.text,
        "rows": figure.rows,
        "formula": figure.formula,
        "test": figure.test or None,
        "on": iso(figure.on),
    }
