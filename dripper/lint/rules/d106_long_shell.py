"""Greeting and signature are long for so short a text.

Finds: a greeting that together with the mailbox's signature has more than 80 characters, for the contact with the
longest name. The footer, where the law wants its address, does not count.

Why: the text has 140 characters. With a shell of the same length the reader finds half of a note, and half of that is
always the same.

Fires:
    greeting = "Dear {{ contact.name }}, and all of you who read this over somebody else's shoulder,"

Instead:
    greeting = "Hello {{ contact.first_name }},"

Source: the drip method: a shell that is always alike should be seen and not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.campaign import CampaignFile
from dripper.lint.rule import Finding, Rule
from dripper.problem import Severity
from dripper.text.words import graphemes

_CHARS = 80


def check(file: CampaignFile) -> Iterator[Finding]:
    """Find that the longest greeting and the signature are over the limit."""
    signature = graphemes(_signature(file))
    count, name = max(((graphemes(text), name) for text, name in _greetings(file)), default=(0, ""))
    over = count + signature - _CHARS
    if over > 0:
        reading = file.reading(("greeting",))
        is_long = "signature" if signature > count else "greeting"
        yield Finding(
            reading=reading,
            start=0,
            end=len(reading.text),
            message=f"greeting and signature of {count + signature} characters{name}, {over} over {_CHARS}",
            cure=f"cut {over} character{'s' * (over > 1)}, rather of the {is_long}",
        )


def _greetings(file: CampaignFile) -> Iterator[tuple[str, str]]:
    """Yield the greeting as each contact gets it, with `for NAME` where it depends on whom it is for."""
    from dripper.text.message import template_at
    from dripper.text.render import TemplateError

    if not file.campaign.greeting:
        yield "", ""
        return
    try:
        template = template_at(file.document, ("greeting",))
        if template.is_plain:
            yield template.source.text.strip(), ""
            return
        for recipient, values in file.people():
            yield template.render(values).text.strip(), f" for {recipient.name or recipient.email}"
    except TemplateError:
        # The template's own problem is told where it is rendered.
        return


def _signature(file: CampaignFile) -> str:
    mailboxes = file.workspace.settings.mailboxes
    name = file.campaign.mailbox or next(iter(mailboxes), "")
    return mailboxes[name].signature.strip() if name in mailboxes else ""


RULE = Rule(code="D106", name="long-shell", severity=Severity.ADVICE, doc=__doc__, on_campaign=check)
