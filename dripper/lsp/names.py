"""The names that a template may say: within `{{ … }}` and `{% … %}`, and nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dripper.text.values import values_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dripper.lsp.desk import Desk, Home

# The keys whose texts are templates.
TEMPLATES = {"greeting", "subject", "subjects", "text", "when"}
_OPEN = re.compile(r"\{[{%]-?(?P<inside>(?:(?!\}\}|%\}).)*)\Z", re.DOTALL)
_QUOTED = re.compile(r"\\?\"[^\"]*\\?\"|'[^']*'")
_NAME = re.compile(r"(?:(?<![\w.])(?P<owner>\w+)\.)?(?P<typed>\w*)\Z")
# As long as nothing better is known of anybody: what every contact and account has.
_ALWAYS: Mapping[str, Mapping[str, str]] = {
    "contact": dict.fromkeys(("first_name", "last_name", "name", "email", "role"), ""),
    "account": dict.fromkeys(("id", "name", "country", "region", "bucket"), ""),
    "metrics": {},
    "vars": {},
}
# More contacts name no more columns.
_ASKED = 50


def template_names(desk: Desk, home: Home, before: str) -> tuple[str, dict[str, str]] | None:
    """Return what is typed of a name, and the names that may stand there, each with an example.

    `before` is the text up to the cursor; `None` where no name may stand there.
    """
    opened = _OPEN.search(before)
    if opened is None:
        return None
    inside = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), opened["inside"])
    name = _NAME.search(inside)
    if name is None or "'" in inside or '"' in inside or inside[: name.start()].rstrip().endswith((".", "|")):
        return None
    known = _known(desk, home)
    if name["owner"] is None:
        return name["typed"], dict.fromkeys(known, "")
    return name["typed"], dict(known.get(name["owner"], {}))


def _known(desk: Desk, home: Home) -> dict[str, dict[str, str]]:
    """Return every name, by its owner, that anybody whom the campaign writes to has."""
    known = {owner: dict(names) for owner, names in _ALWAYS.items()}
    found = desk.campaign(home)
    if found is None:
        return known
    workspace, campaign = found
    known["vars"].update(campaign.vars)
    for recipient in workspace.recipients.get(campaign.id, ())[:_ASKED]:
        for owner, names in values_of(workspace, campaign, recipient).items():
            for name, value in names.items() if isinstance(names, dict) else ():
                known[owner][str(name)] = known[owner].get(str(name)) or str(value)
    return known
