"""Every day of 2024 to 2030 in every zone, every clock change, every holiday: whether each promise of a slot is kept.

    python bench/zones.py [--zones 20]

Each zone gets a daily course through all years in several windows, with the holidays of a country and region of its own
(so that every place the `holidays` library knows has its turn), and courses at the times that each clock change
touches. Each slot is checked from its UTC time alone by `tests/fakes/promises.py`. One line of JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import timedelta
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fakes.clock_changes import ALL_WEEK, FIRST, PLACES, ZONES, around, changes
from fakes.courses import calendar, course, recipient
from fakes.promises import broken, walk

from dripper.drip.course import Course

# The hours of an office, a night, a narrow night and a whole day, with the time asked for.
WINDOWS = (
    ("09:00-16:30", None, "mon tue wed thu fri"),
    ("22:00-06:00", "02:30", ALL_WEEK),
    ("01:00-03:00", "01:30", ALL_WEEK),
    ("00:00-23:59", "00:00", ALL_WEEK),
)


def daily(zone: str, places: cycle[tuple[str, str | None]]) -> list[Course]:
    """Return a course for each window, each with the holidays of the next place."""
    found = []
    for hours, at, days in WINDOWS:
        country, region = next(places)
        to = recipient(timezone=zone, country=country, region=region)
        found.append(course("1 days", at=at, start=FIRST.date(), to=to, within=calendar(hours, days)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zones", type=int, default=len(ZONES), help="only so many of them")
    zones = ZONES[: parser.parse_args().zones]
    start, places = time.process_time(), cycle(PLACES)
    slots = at_changes = 0
    broken_ones: list[str] = []
    for zone in zones:
        for one in daily(zone, places):
            found = walk(one, enrolled_at=FIRST)
            slots += len(found)
            broken_ones += broken(one, found, not_before=FIRST)
        for change in changes(zone, step_days=1):
            earlier, later = change.at - timedelta(days=3), change.at + timedelta(days=2)
            for one in around(zone, change):
                found = walk(one, enrolled_at=earlier, until=later)
                at_changes += len(found)
                broken_ones += broken(one, found, not_before=earlier)
    report = {
        "benchmark": "zones",
        "zones": len(zones),
        "clock_changes": sum(len(changes(zone, step_days=1)) for zone in zones),
        "places_with_holidays": min(len(PLACES), len(WINDOWS) * len(zones)),
        "slots": slots,
        "slots_at_clock_changes": at_changes,
        "violations": len(broken_ones),
        "first": broken_ones[:5],
        "cpu_s": round(time.process_time() - start, 1),
        "ok": not broken_ones and slots > 0,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
