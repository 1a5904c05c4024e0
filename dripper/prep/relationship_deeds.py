"""What shows a trait, by side: a deed of ours to do next, or one of theirs to make easy."""

from __future__ import annotations

from dripper.workspace.model.account import Side, Trait

# By trait and by who is to show it.
DEEDS: dict[tuple[Trait, Side], str] = {
    (
        Trait.COMMITMENT,
        Side.US,
    ): "Commitment: promise a thing with a date before they ask, and keep it.",
    (Trait.COMMITMENT, Side.THEM): "Commitment: ask for one that costs little: a date, a name, a line in their plan.",
    (Trait.COLLABORATION, Side.US): "Collaboration: show them something unfinished, and change it by what they say.",
    (Trait.COLLABORATION, Side.THEM): "Collaboration: ask them to plan the next quarter with us; bring two drafts.",
    (Trait.TRUST, Side.US): "Trust: tell them first a figure that does not flatter us.",
    (Trait.TRUST, Side.THEM): "Trust: ask for one figure they share with no supplier; say what they will have from it.",
    (Trait.IMPORTANCE, Side.US): "Importance: bring one of our own leaders to the next meeting.",
    (Trait.IMPORTANCE, Side.THEM): "Importance: ask to meet the decider's boss once a year.",
    (Trait.LOYALTY, Side.US): "Loyalty: name them to somebody who may be of use to them.",
    (Trait.LOYALTY, Side.THEM): "Loyalty: ask whether they would name us to somebody they know.",
    (Trait.FAVOURS, Side.US): "Favours: do one small thing that no contract asks for.",
    (Trait.FAVOURS, Side.THEM): "Favours: ask them for a small one; favours go both ways.",
    (Trait.CONFLICT, Side.US): "Trouble: when something fails, call before they find it, with the cause.",
    (Trait.CONFLICT, Side.THEM): "Trouble: agree now whom each side calls when something fails.",
}
