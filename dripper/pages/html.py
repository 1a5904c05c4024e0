"""A page as HTML: one self-contained file that prints on A4; everything that came from a file is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, assert_never

from dripper.pages.layout import Block, Chart, Columns, Items, Page, Section, Table, Text, plain
from dripper.pages.sheet import density, front_of
from dripper.pages.style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable

_DEEPEST = 4


def html(page: Page) -> str:
    """Return the whole document."""
    front = front_of(page)
    first, rest = _blocks(front, 2), _blocks(page.blocks[len(front) :], 2)
    size = density(page)
    if size < 1:
        first = f'<div class="front" style="--size: {size}">\n{first}\n</div>'
    return document(page.title, page.subtitle, f"{first}\n{rest}".strip())


def document(title: str, subtitle: str, body: str, *, style: str = STYLE) -> str:
    """Return a document that needs no network: `body` and `style` are ready, title and subtitle are escaped here."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_plain(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"<header>\n<h1>{_plain(title)}</h1>\n<p>{_plain(subtitle)}</p>\n</header>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _blocks(blocks: Iterable[Block], level: int) -> str:
    return "\n".join(_block(block, level) for block in blocks)


def _block(block: Block, level: int) -> str:
    match block:
        case Text():
            kind = f' class="{block.weight}"' if block.weight else ""
            tag = "blockquote" if block.weight == "quote" else "p"
            return f"<{tag}{kind}>{_text(block)}</{tag}>"
        case Items():
            return _items(block.items)
        case Table():
            return _table(block)
        case Chart():
            kind = ' class="wide"' if block.is_wide else ""
            return f"<figure{kind}>{block.svg}</figure>"
        case Section():
            return _section(block, level)
        case Columns():
            inner = _blocks(block.sections, level)
            return f'<div class="columns of{block.across}">\n{inner}\n</div>'
        case _:
            assert_never(block)


def _items(items: Iterable[Text]) -> str:
    inner = (f"<li>{_text(item)}{_items(item.below) if item.below else ''}</li>" for item in items)
    return "<ul>\n" + "\n".join(inner) + "\n</ul>"


def _section(section: Section, level: int) -> str:
    kinds = " ".join(filter(None, (section.kind, "" if section.good else "bad")))
    kind = f' class="{kinds}"' if kinds else ""
    heading = f"<h{level}>{_plain(section.title)}</h{level}>"
    return f"<section{kind}>\n{heading}\n{_blocks(section.blocks, min(level + 1, _DEEPEST))}\n</section>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_plain(cell)}</th>' for cell in table.header)
    rows = "\n".join("<tr>" + "".join(f"<td>{_plain(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _text(block: Text) -> str:
    lead = f"<strong>{_plain(block.lead)}</strong>" if block.lead else ""
    after = f"<small>{_plain(block.after)}</small>" if block.after else ""
    return " ".join(part for part in (lead, _plain(block.text), after) if part)


def _plain(text: str) -> str:
    return escape(plain(text))
