"""Market: what has become dearer, cheaper, scarcer or fashionable, for whoever works there."""

from dripper.prep.angles.view import Finder, from_facts
from dripper.workspace.model.account import Category

FINDER = Finder(
    category=Category.MARKET,
    look="Which prices, laws or habits of the trade change before the new term ends?",
    breaks="The market turns, or a newer figure of the same source says otherwise.",
    find=from_facts,
)
