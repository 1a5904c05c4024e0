"""What a template says of its reader: the fields of the contact that it names, and whether it names the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import nodes

# What a template without any of them says is the same for everybody.
_OPENINGS = ("{{", "{%", "{#")


@dataclass(frozen=True, slots=True)
class Uses:
    """What the text of a reader depends on; readers who are alike in it get the same."""

    # None: any of them.
    fields: frozenset[str] | None = frozenset()
    account: bool = False

    def __or__(self, other: Uses) -> Uses:
        fields = None if self.fields is None or other.fields is None else self.fields | other.fields
        return Uses(fields, self.account or other.account)


NOTHING, EVERYTHING = Uses(), Uses(None, True)


def uses_of(source: str) -> Uses:
    """Return what the template `source` names; everything, where that cannot be told."""
    if not any(opening in source for opening in _OPENINGS):
        return NOTHING
    from jinja2 import TemplateError

    from dripper.text.sandbox import Sandbox

    try:
        tree = Sandbox().parse(source)
    except (TemplateError, RecursionError):
        return EVERYTHING
    found = NOTHING
    for each in _uses(tree):
        found = found | each
    return found


def _uses(node: nodes.Node) -> Iterator[Uses]:
    from jinja2 import nodes

    match node:
        case nodes.Getattr(node=nodes.Name(name="contact"), attr=str(field)):
            yield Uses(frozenset({field}))
        case nodes.Getitem(node=nodes.Name(name="contact"), arg=nodes.Const(value=str(field))):
            yield Uses(frozenset({field}))
        case nodes.Name(name="contact"):
            # Handed on as a whole, to be taken apart elsewhere.
            yield Uses(None)
        case nodes.Name(name="account" | "metrics"):
            yield Uses(account=True)
        case _:
            for child in node.iter_child_nodes():
                yield from _uses(child)
