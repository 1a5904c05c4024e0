"""Priorities: what they or we want to do first now."""

from dripper.prep.angles.view import Finder, from_facts
from dripper.workspace.model.account import Category

FINDER = Finder(
    category=Category.PRIORITIES,
    look="What did their board name as its goals for the year, and where do we stand among them?",
    breaks="The people who set the priority go, or the next plan names another one.",
    find=from_facts,
)
