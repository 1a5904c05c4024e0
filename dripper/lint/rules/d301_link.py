"""The text holds a link.

Finds: a web address with or without `https://`, and a bare domain such as `acme.com`. An e-mail address, a file name
such as `report.pdf`, a product such as Node.js and a number such as `3.5` are no links, nor is a company that is called
like its domain, where the account's glossary has it.

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

from dripper.lint.glossary import glossary_of
from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordlists import table

_HINT = Pattern(r"\.[^\W\d_]")
_ADDRESS = Pattern(r"\b(?:https?|ftp)://[^\s<>\"'\]]+|\bwww\.[^\s<>\"'\]]+", re.IGNORECASE)
_DOMAIN = Pattern(
    r"(?<![\w@.-])(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}(?P<top>[a-z]{2,24})\b(?!\.?\w|@)(?P<path>/[^\s<>\"'\]]*)?",
    re.IGNORECASE,
)


def check(writing: Writing) -> Iterator[Finding]:
    """Find each address."""
    for reading in writing.readings:
        text = reading.text
        addresses = sorted(_addresses(text))
        known = {word.lower() for word in glossary_of(writing)} if addresses else frozenset()
        for start, end in addresses:
            address = _without_end(text[start:end])
            if address.lower() not in known:
                yield Finding(
                    reading=reading,
                    start=start,
                    end=start + len(address),
                    message=f"a link: {address[:60]}",
                    cure="say in the text what stands there, and leave the link out; names belong into a glossary",
                )


def _has_hint(text: str) -> bool:
    return "://" in text or _HINT.search(text) is not None


def _addresses(text: str) -> list[tuple[int, int]]:
    full = [match.span() for match in _ADDRESS.finditer(text)]
    covered = frozenset(at for start, end in full for at in range(start, end))
    bare = [match.span() for match in _DOMAIN.finditer(text) if match.start() not in covered and _is_domain(match)]
    return full + bare


def _is_domain(match: re.Match[str]) -> bool:
    top, domain = match["top"], match[0].removesuffix(match["path"] or "")
    if top.lower() not in table("domains"):
        return False
    # "sold.In May" is a missing space, "acme.in" a domain, "ASP.NET" a product.
    return top.islower() or (domain.isupper() and top != "NET")


def _without_end(address: str) -> str:
    """Return `address` without the marks of the sentence that it stands in."""
    return address.rstrip(".,;:!?" if "(" in address else ".,;:!?)")


RULE = Rule(
    code="D301",
    name="link",
    doc=__doc__,
    on_message=check,
    glance=_has_hint,
    drafts=True,
)
