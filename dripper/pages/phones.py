"""The page of `dripper preview --open`: each message in a bubble as wide as a phone, contact beside contact."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from dripper.drip.days import day_text
from dripper.pages.html import document
from dripper.pages.style import PHONES_STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.drip.shown import Shown

# Nobody looks at more, and a browser takes long to show them.
MOST_READERS = 200


def phones_page(campaign: str, shown: Sequence[Shown], *, more: int = 0) -> str:
    """Return the whole document, contact by contact; `more` contacts are not shown."""
    readers = [list(theirs) for _, theirs in groupby(shown, key=lambda each: each.recipient.key)]
    if not readers:
        body = "<p>Nobody gets anything: the campaign has no contact with an address.</p>"
    else:
        body = '<div class="phones">\n' + "\n".join(map(_reader, readers)) + "\n</div>"
    if more:
        body += f"\n<p>And {more:,} more contacts: <code>dripper preview --contact EMAIL</code> shows one of them.</p>"
    count = f"{len(readers) + more:,} contact{'' if len(readers) + more == 1 else 's'}"
    if not more:
        count = f"{len(shown):,} message{'' if len(shown) == 1 else 's'} to {count}"
    return document(campaign, count, body, style=PHONES_STYLE)


def _reader(theirs: Sequence[Shown]) -> str:
    to = theirs[0].recipient
    below = (part for part in (to.role, to.email if to.name else "") if part)
    about = "".join(f'\n<p class="small">{escape(part)}</p>' for part in below)
    items = "\n".join(f"<li>\n{_message(each)}\n</li>" for each in theirs)
    return f'<section class="phone">\n<h2>{escape(to.name or to.email)}</h2>{about}\n<ol>\n{items}\n</ol>\n</section>'


def _message(each: Shown) -> str:
    return "\n".join([*_when(each), _bubble(each), *_below(each)])


def _when(each: Shown) -> Iterator[str]:
    if each.slot is not None:
        local = each.slot.local
        when = f"{day_text(local.date())} {local.year}, {local:%H:%M}"
        time = f'<time datetime="{local.isoformat()}">{when}</time>'
        yield f'<p class="when">{time} <small>{escape(each.slot.zone)}</small></p>'
    elif each.proof is not None:
        yield f'<p class="when">{escape(each.note)}</p>'


def _bubble(each: Shown) -> str:
    if each.proof is None:
        return f'<article class="bubble fault"><h3>{escape(each.message_id)}</h3><p>{escape(each.note)}</p></article>'
    subject, body = escape(each.proof.subject or "(no subject)"), escape(each.proof.body.rstrip("\n"))
    return f'<article class="bubble" dir="auto"><h3 dir="auto">{subject}</h3><div class="body">{body}</div></article>'


def _below(each: Shown) -> Iterator[str]:
    if each.proof is None:
        return
    over = each.chars > each.limit
    count = f"{each.chars}/{each.limit}" + (" too long" if over else "")
    beside = ["with an HTML page beside the text"] if each.proof.html is not None else []
    why = "; ".join([*([each.slot.reason] if each.slot else []), *beside])
    look = "count over" if over else "count"
    yield f'<p class="below"><strong class="{look}">{count}</strong> {escape(why)}</p>'
