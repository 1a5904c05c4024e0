"""The event loop that sending runs on: a faster one where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable


def fast_loop() -> Callable[[], AbstractEventLoop] | None:
    """Return what makes a loop of uvloop, where the extra `fast` is installed; `None`: asyncio's own has to do."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop
