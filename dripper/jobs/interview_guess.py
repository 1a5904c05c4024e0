"""What is proposed as the answer to each question of an interview, from contract, facts and the answers before it."""

from __future__ import annotations

from decimal import Decimal

from dripper.jobs.interview_known import AMOUNTS, Answers, Guess, Known, amount_of
from dripper.workspace.model.values import Money

# What is proposed against the target, or the contract as it stands: ask for more, know where to stop.
_OPENING, _FLOOR = Decimal("1.10"), Decimal("0.95")


def _base(known: Known, answers: Answers) -> Money | None:
    """Return what amounts are set against: our target, else the contract, but no more than we ask for first."""
    contract, opening = known.account.contract, amount_of("our_opening", answers)
    base = amount_of("our_target", answers) or (contract.value if contract else None)
    return min(base, opening) if base and opening else base or opening


def opening(known: Known, answers: Answers) -> Guess | None:
    """Guess what we ask for first."""
    return _share(_OPENING, "a tenth above", known, answers)


def floor(known: Known, answers: Answers) -> Guess | None:
    """Guess where we stop."""
    return _share(_FLOOR, "5% below", known, answers)


def _share(factor: Decimal, why: str, known: Known, answers: Answers) -> Guess | None:
    base = _base(known, answers)
    if base is None:
        return None
    what = "what we aim at" if "our_target" in answers else "the contract"
    if base == amount_of("our_opening", answers):
        what = "what we ask for first"
    return Guess(text=f"{_round(base.amount * factor)} {base.currency}", why=f"{why} {what}")


def _round(amount: Decimal) -> str:
    """Return a proposed amount with three digits: a guess must not look exact."""
    step = Decimal(1).scaleb(max(-2, amount.adjusted() - 2))
    return f"{(amount / step).to_integral_value() * step:f}"


def target(known: Known, _answers: Answers) -> Guess | None:
    """Guess what we have now."""
    contract = known.account.contract
    return Guess(text=str(contract.value), why=f"the contract as it stands,{known.per}") if contract else None


def their_end(known: Known, answers: Answers) -> Guess | None:
    """Guess a range that holds all that we named, and the contract: whatever lies in it was paid or is to be asked."""
    base, contract = _base(known, answers), known.account.contract
    if base is None:
        return None
    ours = [amount for name in AMOUNTS if (amount := amount_of(name, answers))]
    proposed = [Money(amount=Decimal(_round(base.amount * f)), currency=base.currency) for f in (_FLOOR, _OPENING)]
    named = [*(ours or proposed), *([contract.value] if contract else [])]
    low, high = (end(named) if min(named) < max(named) else end(proposed) for end in (min, max))
    return Guess(text=f"{low.amount} to {high}", why=f"round what we named{' and the contract' if contract else ''}")


def said(known: Known, _answers: Answers) -> Guess | None:
    """Guess what they argue with already."""
    fact = known.their_fact
    return Guess(text=fact.what, why=f"a fact that speaks for them ({fact.kind})") if fact else None


def answer(known: Known, answers: Answers) -> Guess | None:
    """Guess the metric that speaks most for us, where something is to be answered."""
    if "said" not in answers or not known.best_metric:
        return None
    return Guess(text=known.best_metric, why=known.why_metric)


def open_question(known: Known, _answers: Answers) -> Guess | None:
    """Guess what is not known of those who decide."""
    deciders = [contact for contact in known.account.contacts if contact.decides]
    if not deciders:
        return Guess(text="Who signs?", why="nobody is known to decide")
    unknown = next((contact for contact in deciders if not contact.boss), None)
    if unknown:
        return Guess(text=f"Whom does {unknown.name or 'the decider'} answer to?", why="their boss is not known")
    return Guess(text="Who else is bidding?", why="the usual unknown")
