"""Lints plain drafts, with or without a workspace round them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dripper.lint.draft import read_draft
from dripper.lint.draft_rules import DRAFT_RULES
from dripper.lint.options import Options
from dripper.lint.report.shown import Shown, lines_of, shown_in
from dripper.lint.runner import lint_draft
from dripper.lint.sieve import Sieve
from dripper.problem import Problem
from dripper.workspace.disk import TEXT_LIMIT_BYTES, decoded, read_text, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dripper.lint.draft import Draft


_SETTINGS = "dripper.toml"
STDIN = "-"


def lint_draft_file(place: Path, name: str, options: Options) -> Iterator[Shown]:
    """Yield the problems of the draft in the file at `place`, which the user calls `name`."""
    text = read_text(place, name=name)
    yield from lint_draft_text(text, name, options, folder=place.parent)


def lint_draft_text(
    content: bytes | str | Problem, name: str, options: Options, *, folder: Path | None = None
) -> Iterator[Shown]:
    """Yield the problems of a draft; as `content` a problem is passed on, and bytes are decoded.

    A mail is read without what the shells of the workspace above `folder` put round a text.
    """
    if isinstance(content, bytes):
        too_large = unreadable(
            name, f"the text is larger than {TEXT_LIMIT_BYTES // 1000:,} kB", "use --lines for many messages"
        )
        content = too_large if len(content) > TEXT_LIMIT_BYTES else decoded(content, name=name)
    if isinstance(content, str) and not content.strip():
        content = unreadable(name, "the draft is empty", "write the message into it")
    if isinstance(content, Problem):
        yield Shown(content)
        return
    draft = _mail(content, folder) if _is_mail(name, content) else read_draft(content)
    if not draft.text.text:
        yield Shown(unreadable(name, "the draft has no text", "write the message into it"))
        return
    lines = lines_of(content)
    for problem in lint_draft(draft, name, options, draft_rules(options)):
        yield shown_in(lines, problem)


def _is_mail(name: str, content: str) -> bool:
    """Whether a draft is a mail: by its name, or where it has none because it is piped in, by its headers."""
    if name != STDIN:
        return name.lower().endswith(".eml")
    if ":" not in content.partition("\n")[0]:
        return False
    from dripper.lint.mail import has_mail_header

    return has_mail_header(content)


def _mail(content: str, folder: Path | None) -> Draft:
    from dripper.jobs.mail_frame import frame_of
    from dripper.lint.mail import read_mail

    return read_mail(content, frame_of(root_above(folder.resolve()) if folder else None))


def draft_options(
    start: Path,
    *,
    select: Sequence[str],
    ignore: Sequence[str],
    negotiation: bool = False,
    unsaved: Mapping[Path, str] | None = None,
) -> Options:
    """Return the settings for a draft: those of the nearest workspace's `[lint]`, where there is one that reads.

    A text that is `unsaved`, by its place, counts instead of the file.
    """
    root = root_above(start.resolve())
    options = Options()
    if root is not None:
        import tomllib

        place = root / _SETTINGS
        text = (unsaved or {}).get(place) or read_text(place, name=_SETTINGS)
        # A settings file with a fault is told by the workspace's own lint.
        with suppress(tomllib.TOMLDecodeError):
            options = Options.of_data(tomllib.loads(text).get("lint") if isinstance(text, str) else None)
    return options.also(select=select, ignore=ignore, negotiation=negotiation)


def draft_rules(options: Options) -> Sieve:
    """Return the rules for drafts that are switched on."""
    if not options.negotiation:
        return Sieve(options.active(DRAFT_RULES))
    from dripper.lint.ruleset import RULES

    return Sieve(options.active(rule for rule in RULES if rule.drafts))


def root_above(start: Path) -> Path | None:
    """Return the nearest folder from `start` upward with a `dripper.toml`; `None` where there is none."""
    return next((folder for folder in (start, *start.parents) if (folder / _SETTINGS).is_file()), None)
