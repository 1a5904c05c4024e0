"""Budget: money that has to be saved, or that was set aside."""

from dripper.prep.angles.view import Finder, from_facts
from dripper.workspace.model.account import Category

FINDER = Finder(
    category=Category.BUDGET,
    look="Who has to save how much by when, and out of which budget are we paid?",
    breaks="The cut is dropped, falls on another budget, or was never meant for contracts like this one.",
    find=from_facts,
)
