"""Competition: who else could do it, on either side."""

from dripper.prep.angles.view import Finder, from_facts
from dripper.workspace.model.account import Category

FINDER = Finder(
    category=Category.COMPETITION,
    look="Who else offers this, at what price, and who of theirs has spoken to them?",
    breaks="The other offer leaves out a part of the work, or is withdrawn.",
    find=from_facts,
)
