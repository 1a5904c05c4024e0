"""What scheduling a campaign changes, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Scheduled:
    """What scheduling a campaign changed; all empty where nothing did."""

    campaign: str
    # Whether it was never scheduled before.
    is_new: bool = False
    # Whether texts, order or cadence differ from what was approved before.
    is_changed: bool = False
    # Message ids.
    new_texts: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    # Contact keys.
    enrolled: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    # New key -> the same person's keys before, who goes on and gets nothing again.
    readdressed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    # By contact: why he or she has no slot.
    held: dict[str, str] = field(default_factory=dict)

    @property
    def is_unchanged(self) -> bool:
        """Whether scheduling did nothing."""
        return not (self.is_new or self.is_changed or self.enrolled or self.stopped or self.moved)
