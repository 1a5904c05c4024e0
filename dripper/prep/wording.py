"""What the language check says of the sentences for the room: its findings, as values that a page can show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One finding: the rule's code, where it stands in the negotiation's file, what is wrong, and the cure."""

    code: str
    line: int
    what: str
    cure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How many sentences were checked, and what is wrong with them; empty where they may be said."""

    count: int
    faults: tuple[Fault, ...]
