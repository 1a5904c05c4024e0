"""One worker of a crowd: `dripper run` on the fast clock that it is told of, until it is ended.

python tests/fakes/crowd_worker.py ROOT '{"url": …, "start": …, "zero_s": …, "factor": …}'
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fakes.fast_clock import FastClock
from fakes.office import Office

# How often it looks for what others changed, in seconds of the real clock.
POLL_S = 2


def main() -> None:
    root, text = sys.argv[1:]
    told = json.loads(text)
    Office.store_url = told["url"]
    office = Office(Path(root), now=told["start"])
    start = datetime.fromisoformat(told["start"])
    office.wiring.clock = FastClock(start, zero_s=told["zero_s"], factor=told["factor"])
    office.run(poll_s=POLL_S * told["factor"])


if __name__ == "__main__":
    main()
