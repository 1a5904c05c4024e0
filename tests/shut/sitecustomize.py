"""Imported by Python at its start when this folder is on PYTHONPATH: what a test starts is shut in, too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from fakes.network import shut

sys.path.pop(0)
shut()
