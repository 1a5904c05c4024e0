"""The text holds a link.

Finds: a web address with or without `https://`, and a bare domain such as `acme.com`. An e-mail address, a file name
such as `report.pdf` and a number such as `3.5` are no links.

Why: a link asks for a click, sends the reader away and costs deliverability. What is worth knowing fits into the text.

Fires:
    Returns fell after the size guide went live, see www.example.com/sizes for the chart.

Instead:
    Returns fell by a third after the size guide went live.

Source: top-level domains that are no words or file endings, from the IANA root zone
(https://www.iana.org/domains/root/db).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordlists import table

_HINT = Pattern(r"\w\.\w|://")
_ADDRESS = Pattern(r"\b(?:https?|ftp)://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+", re.IGNORECASE)
_DOMAIN = Pattern(
    r"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?P<top>[a-z]{2,24})\b(?!\.?\w|@)(?:/[^\s<>\"')\]]*)?",
    re.IGNORECASE,
)


def check(writing: Writing) -> Iterator[Finding]:
    """Find each address."""
    for reading in writing.readings:
        text = reading.text
        if _HINT.search(text) is None:
            continue
        addresses = [match.span() for match in _ADDRESS.finditer(text)]
        addresses += [
            match.span()
            for match in _DOMAIN.finditer(text)
            if _is_domain(match) and not any(start <= match.start() < end for start, end in addresses)
        ]
        for start, end in sorted(addresses):
            address = text[start:end].rstrip(".,;:!?")
            yield Finding(
                reading=reading,
                start=start,
                end=start + len(address),
                message=f"a link: {address[:60]}",
                cure="say in the text what stands there, and leave the link out",
            )


def _is_domain(match: re.Match[str]) -> bool:
    top = match["top"]
    if top.lower() not in table("domains"):
        return False
    # "sold.In May" is a missing space, "acme.in" a domain; "e.g. Node.js" has no known ending.
    return top.islower() or match[0].isupper()


RULE = Rule(code="D301", name="link", doc=__doc__, on_message=check, drafts=True)
