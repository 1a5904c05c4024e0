"""More messages ask than `[lint] asks` allows, or two in a row.

Finds: in a campaign the messages with `ask = true` that are over `[lint] asks`: all of them where it is `"never"`, and
where it is `"1 in 8"` those that make it more than one message in eight. And a message that asks directly after another
that its reader gets and that asks.

Why: each ask is paid for by the gifts before it. One ask among many gifts is granted; a second one at once turns the
gifts into bait.

Fires:
    [[message]]
    subject = "The figures of your carts"
    text = "Please send the cart figures of October."
    gift = "A comparison with nine other shops"
    shifts = "From media buyer to retail analyst"
    ask = true

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: the drip method: regular, short, highly interesting, and most often without an ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from dripper.lint.campaign import CampaignFile
from dripper.lint.rule import Finding, Rule


def check(file: CampaignFile) -> Iterator[Finding]:
    """Find what asks beyond the budget, and what asks right after another."""
    messages = file.campaign.messages
    asking = [index for index, message in enumerate(messages) if message.ask]
    if not asking:
        return
    words = file.workspace.settings.lint.asks
    allowed = _allowed(words, len(messages))
    if allowed is None:
        return
    after = _right_after(file, asking) if len(asking) > 1 else {}
    for number, index in enumerate(asking):
        if number >= allowed:
            yield _finding(file, index, *_over(words, allowed, len(messages)))
        elif index in after:
            before = messages[after[index]].id
            yield _finding(file, index, f'a second ask in a row, right after "{before}"', "put a gift between the two")


def _allowed(words: str, count: int) -> int | None:
    """Return how many of `count` messages may ask; `None` where `words` are no budget, which is told elsewhere."""
    if words == "never":
        return 0
    least = words.removeprefix("1 in ")
    return count // int(least) if least.isdecimal() and int(least) else None


def _over(words: str, allowed: int, count: int) -> tuple[str, str]:
    if words == "never":
        return (
            "no message may ask",
            'say it without an ask, or allow a few: asks = "1 in 8" below [lint] in dripper.toml',
        )
    many = f"{count} messages" if count > 1 else "one message"
    most = f"{allowed} of {many} may ask" if allowed else f"none of {many} may ask"
    return f'over the budget: at "{words}" {most}', "say it without an ask, or give more before it"


def _right_after(file: CampaignFile, asking: Iterable[int]) -> dict[int, int]:
    """Return for each message that asks right after another, for somebody who gets both, that other one."""
    found: dict[int, int] = {}
    wanted = set(asking)
    for got in _sequences(file):
        for before, index in pairwise(got):
            if before in wanted and index in wanted:
                found.setdefault(index, before)
    return found


def _sequences(file: CampaignFile) -> Iterable[tuple[int, ...]]:
    """Return the messages that each kind of reader gets, in their order."""
    from dripper.text.message import Wording
    from dripper.text.render import TemplateError

    messages = file.campaign.messages
    everything = tuple(range(len(messages)))
    if not file.values or not any(message.only or message.when for message in messages):
        return [everything]
    wordings = [Wording(message) for message in messages]
    try:
        return {tuple(index for index in everything if wordings[index].applies(values)) for values in file.values}
    except TemplateError:
        # The template's own problem is told; who gets what cannot be known.
        return []


def _finding(file: CampaignFile, index: int, message: str, cure: str) -> Finding:
    return Finding(reading=file.reading(("message", index, "ask")), start=0, end=0, message=message, cure=cure)


RULE = Rule(code="D208", name="ask-budget", doc=__doc__, on_campaign=check)
