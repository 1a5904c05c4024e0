"""Page one: verdict, numbers, three metrics, what they will say, what we lead with, who decides, how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.pages.brief.packages import zone_in_points
from dripper.pages.brief.verdict import verdict_section
from dripper.pages.charts import alt, chart
from dripper.pages.layout import Block, Chart, Columns, Items, Section, Table, Text
from dripper.prep.brief import FRONT_DEMANDS, FRONT_METRICS
from dripper.prep.dated import names_day
from dripper.prep.say import goal_words, movement
from dripper.prep.words import chance, day, listed, measured
from dripper.workspace.model.account import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.angles.angle import Angle
    from dripper.prep.brief import Brief
    from dripper.prep.demands import Answered
    from dripper.prep.reading import Reading
    from dripper.workspace.model.account import Contact

_NO_ANSWER = "No answer yet."
_FRONT_SAY = 2
_FRONT_PEOPLE = 2


def front(brief: Brief) -> Iterator[Block]:
    """Yield the blocks of page one; what is not known is said to be so, or left out."""
    yield verdict_section(brief)
    if brief.numbers:
        yield _numbers(brief)
    if brief.front:
        yield Columns(sections=tuple(_metric(reading) for reading in brief.front), across=FRONT_METRICS)
    if brief.negotiation is None:
        return
    yield Columns(sections=(_they_say(brief), _we_lead(brief)))
    yield Columns(sections=(_people(brief), _begin(brief)))


def _numbers(brief: Brief) -> Section:
    assert brief.numbers is not None, "asked for only where there are numbers"
    header = [stated.label + (" (guess)" if stated.guess else "") for stated in brief.numbers.stated]
    row = [stated.text or "missing" for stated in brief.numbers.stated]
    blocks: list[Block] = [Table(header=tuple(header), rows=(tuple(row),))]
    blocks.append(Text(lead="Zone of agreement:", text=f"{brief.numbers.zone_text}."))
    blocks += zone_in_points(brief)
    blocks += [Text(lead="Does not fit:", text=fault) for fault in brief.numbers.faults]
    return Section(title="Numbers", blocks=tuple(blocks), kind="numbers")


def _metric(reading: Reading) -> Section:
    assert reading.now is not None, "only metrics with values stand on page one"
    what = movement(reading)
    first = Text(lead=measured(reading.now, reading), text=f"{what}.")
    aim = [part for part in (goal_words(reading), _chance(reading)) if part]
    after = [Text(text=f"{text[0].upper()}{text[1:]}.", weight="small") for text in ("; ".join(aim),) if text]
    marks = [Text(text=_marks(reading), weight="small")] if _marks(reading) else []
    return Section(
        title=reading.metric.title, blocks=(Chart(svg=chart(reading), alt=alt(reading)), first, *after, *marks)
    )


def _chance(reading: Reading) -> str:
    tenths = reading.progress.chance
    return "" if tenths is None else f"chance {chance(tenths)}"


def _marks(reading: Reading) -> str:
    marks = (
        ["agreed by both" if reading.metric.agreed else "only ours"] if reading.declared else ["no goal written down"]
    )
    if reading.metric.we_lead:
        marks.append("we lead here")
    if reading.bad_rows:
        marks.append("some rows could not be read")
    text = listed(marks)
    return f"{text[0].upper()}{text[1:]}."


def _they_say(brief: Brief) -> Section:
    shown = [demand_item(demand) for demand in brief.demands[:FRONT_DEMANDS]]
    said = {demand.reason for demand in brief.demands}
    unsaid = [angle for angle in brief.theirs if angle.strong and angle.category not in said]
    shown += [
        Text(text=angle.claim, after=f"({angle.category})", below=(Text(text="", lead=_NO_ANSWER),))
        for angle in unsaid[: FRONT_DEMANDS - len(shown)]
    ]
    nothing = Text(text="Nothing is written down: add a [[demand]] for what they said or will say.")
    return Section(title="They will say", blocks=(Items(items=tuple(shown)) if shown else nothing,))


def demand_item(demand: Answered, *grounds: Text) -> Text:
    """Return a demand with the reason behind it, on what grounds we answer, and our answer."""
    answer = Text(lead="We answer:", text=demand.answer) if demand.answer else Text(lead=_NO_ANSWER, text="")
    reason = f"({demand.reason})" if demand.reason else "(no reason known)"
    return Text(text=f"“{demand.said}”", after=reason, below=(*grounds, answer))


def _we_lead(brief: Brief) -> Section:
    shown = tuple(angle_item(angle) for angle in brief.leads)
    nothing = Text(text="No angle of ours is rock solid yet; the appendix says what each lacks.")
    return Section(title="We lead with", blocks=(Items(items=shown) if shown else nothing,))


def angle_item(angle: Angle, *more: Text) -> Text:
    """Return an angle as its parts: worth, claim, source, and the counter with its answer."""
    sure = angle.sure if names_day(angle.source, angle.on) else f"{angle.sure}, {day(angle.on)}"
    source = f"({angle.source or 'no source'}; {sure})"
    worth = f"Worth {angle.size}." if angle.size else ""
    return Text(lead=worth, text=angle.claim, after=source, below=(*_exchange(angle), *more))


def _exchange(angle: Angle) -> Iterator[Text]:
    counter, answer = angle.exchange.counter, angle.exchange.answer
    if angle.side is Side.THEM:
        yield Text(lead="We answer:", text=counter) if angle.exchange.is_written else Text(lead=_NO_ANSWER, text="")
    else:
        yield Text(lead=f"“{counter}”", text=answer or _NO_ANSWER)


def _people(brief: Brief) -> Section:
    deciders = [contact for contact in brief.people if contact.decides][:_FRONT_PEOPLE]
    shown = Items(items=tuple(person(contact, brief) for contact in deciders))
    return Section(title="Who decides", blocks=(shown,) if deciders else (Text(text="Nobody is known to decide."),))


def person(contact: Contact, brief: Brief) -> Text:
    """Return a person in a sentence: role, what they are judged on, their boss and what that one is judged on."""
    parts = [contact.role] if contact.role else []
    if contact.judged_on:
        parts.append(f"judged on {listed(contact.judged_on)}")
    if contact.style:
        parts.append(contact.style)
    boss = next((other for other in brief.people if other.name and other.name == contact.boss), None)
    if contact.boss:
        judged = f", judged on {listed(boss.judged_on)}" if boss and boss.judged_on else ""
        parts.append(f"answers to {contact.boss}{judged}")
    return Text(lead=contact.name or contact.email or "somebody without a name", text="; ".join(parts))


def _begin(brief: Brief) -> Section:
    assert brief.negotiation is not None, "asked for only where there is a negotiation"
    said: list[Block] = [
        Text(text=say.text, after=f"({say.source})" if say.source else "(no source)", weight="quote")
        for say in brief.negotiation.say[:_FRONT_SAY]
    ]
    ask = next(iter(brief.questions), None)
    if ask:
        said.append(Text(lead="Ask:", text=ask.text))
    return Section(title="Begin with", blocks=tuple(said) or (Text(text="No opening sentences yet: write a [[say]]."),))
