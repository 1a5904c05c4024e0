"""Lints what the command line names: the workspace or a part of it, plain drafts, or lines that are messages."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.errors import UsageError
from dripper.jobs.lint_draft import STDIN, draft_options, lint_draft_file, lint_draft_text, root_above
from dripper.jobs.lint_lines import lint_file_lines, lint_stream_lines, lint_text_lines
from dripper.workspace.disk import TEXT_LIMIT_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, tzinfo

    from dripper.jobs.workspace_lint import WorkspaceLint
    from dripper.lint.options import Options
    from dripper.lint.report.shown import Shown
    from dripper.outbox.store.engine import Store
    from dripper.workspace.lake import Fetch

DRAFT_SUFFIXES = (".txt", ".md", ".eml")
_WORKSPACE_SUFFIXES = (".toml", ".csv", ".j2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line asks for; a path is a file, a folder, or `-` for stdin; none means the whole workspace."""

    paths: tuple[str, ...] = ()
    # Each line of a file is a message of its own.
    lines: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    # Whether the texts are for a negotiation: the rules for those are added to the others.
    negotiation: bool = False
    # By the name that their problems carry: texts that count instead of what those files say.
    unsaved: Mapping[str, str] = field(default_factory=dict)
    # By its root: the workspace that was read for a path before this one.
    read: dict[Path, WorkspaceLint] = field(default_factory=dict, repr=False)
    # Opens the store of the workspace in a folder, where messages are to be compared with what was delivered, too.
    store_of: Callable[[Path], Store] | None = None
    # What fetches the password of a database of metrics, for the workspace in a folder.
    fetch_of: Callable[[Path], Fetch] | None = None
    # Tells the date in a zone: values of metrics that are dated later are no one's yet.
    today_in: Callable[[tzinfo], date] | None = None


def lint(request: Request, directory: Path) -> Iterator[Shown]:
    """Yield each problem with its line, file by file; files are named as seen from `directory`.

    Raise `UsageError` for a path that is not there or a rule that does not exist, `NoWorkspaceError` where a workspace
    is needed.
    """
    _check_rules(request)
    request = replace(request, read={})
    if request.lines and not request.paths:
        raise UsageError("--lines needs a file", cure="name one, or - for stdin")
    if not request.paths:
        yield from _workspace(directory, request, directory).shown(lambda _file: True)
        return
    named: dict[str, str] = {}
    for path in request.paths:
        # An empty name is no folder; and a link that leads to itself stops `Path.resolve`.
        place = path if path in ("", STDIN) else os.path.realpath(directory / path)
        named.setdefault(place, path)
    for path in named.values():
        yield from _path(path, request, directory)


def _check_rules(request: Request) -> None:
    named = (*request.select, *request.ignore)
    if not named:
        return
    from dripper.lint.options import unknown_rule
    from dripper.lint.ruleset import RULES

    for word in named:
        if cure := unknown_rule(word, RULES):
            raise UsageError(f"there is no rule {word}", cure=cure)


def _path(path: str, request: Request, directory: Path) -> Iterator[Shown]:
    if path == STDIN:
        yield from _stdin(_options(directory, request), request)
        return
    place = directory / path
    if not path or not os.path.lexists(place):
        from dripper.jobs.lint_names import file_named

        yield from _in_workspace(file_named(path, directory), request, directory)
    elif place.is_dir():
        yield from _folder(path, request, directory)
    elif request.lines:
        yield from _lines(place, path, request)
    elif place.suffix in _WORKSPACE_SUFFIXES:
        yield from _in_workspace(path, request, directory)
    else:
        yield from _draft(place, path, _options(place.parent, request), request)


def _lines(place: Path, name: str, request: Request) -> Iterator[Shown]:
    options = _options(place.parent, request)
    if name in request.unsaved:
        yield from lint_text_lines(request.unsaved[name], name, options)
    else:
        yield from lint_file_lines(place, name, options)


def _draft(place: Path, name: str, options: Options, request: Request) -> Iterator[Shown]:
    _check_readers(request)
    if name in request.unsaved:
        yield from lint_draft_text(request.unsaved[name], name, options, folder=place.parent)
    else:
        yield from lint_draft_file(place, name, options)


def _check_readers(request: Request) -> None:
    """Raise `UsageError` where a draft is to be compared with what its readers got already."""
    if request.store_of is not None:
        raise UsageError("--history is for campaigns: a draft has no readers yet", cure="name a campaign or a folder")


def _stdin(options: Options, request: Request) -> Iterator[Shown]:
    _check_readers(request)
    stream = sys.stdin.buffer
    if STDIN in request.unsaved:
        yield from _text(request.unsaved[STDIN], options, request)
    elif request.lines:
        yield from lint_stream_lines(stream, STDIN, options)
    else:
        yield from lint_draft_text(stream.read(TEXT_LIMIT_BYTES + 1), STDIN, options)


def _text(text: str, options: Options, request: Request) -> Iterator[Shown]:
    if request.lines:
        yield from lint_text_lines(text, STDIN, options)
    else:
        yield from lint_draft_text(text.encode("utf-8", "surrogateescape"), STDIN, options)


def _folder(path: str, request: Request, directory: Path) -> Iterator[Shown]:
    """Lint what a folder holds: the workspace's part of it, else its drafts."""
    place = (directory / path).resolve()
    if request.lines:
        raise UsageError(f"{path} is a folder", cure="--lines takes files and - for stdin")
    if (root := root_above(place)) and (place == root or place.is_relative_to(root / "campaigns")):
        yield from _workspace(place, request, directory).shown(lambda file: (root / file).is_relative_to(place))
        return
    drafts = sorted(_drafts_below(place))
    if not drafts:
        raise UsageError(f"{path} holds no draft", cure=f"a draft ends in {', '.join(DRAFT_SUFFIXES)}")
    options = _options(place, request)
    for file in drafts:
        yield from _draft(file, str(Path(path) / file.relative_to(place)), options, request)


def _drafts_below(folder: Path) -> Iterator[Path]:
    """Yield the drafts below a folder; what vanishes or is closed meanwhile is passed over."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith(DRAFT_SUFFIXES) and os.path.isfile(os.path.join(place, name)):  # noqa: PTH113, PTH118
                yield Path(place, name)


def _in_workspace(path: str, request: Request, directory: Path) -> Iterator[Shown]:
    place = Path(os.path.realpath(directory / path))
    run = _workspace(place.parent, request, directory)
    name = place.relative_to(run.root).as_posix() if place.is_relative_to(run.root) else path
    if not run.reads(name):
        from dripper.jobs.lint_names import unread

        raise unread(path, place.suffix, run.root)
    yield from run.shown(lambda file: file == name)


def _workspace(start: Path, request: Request, directory: Path) -> WorkspaceLint:
    from dripper.jobs.workspace_lint import WorkspaceLint
    from dripper.workspace.files import find_root

    root = find_root(start)
    if root not in request.read:
        request.read[root] = WorkspaceLint(
            root,
            directory,
            select=request.select,
            ignore=request.ignore,
            negotiation=_is_for_negotiation(request),
            unsaved=request.unsaved,
            store_of=request.store_of,
            fetch=request.fetch_of(root) if request.fetch_of else None,
            today_in=request.today_in,
        )
    return request.read[root]


def _options(start: Path, request: Request) -> Options:
    return draft_options(start, select=request.select, ignore=request.ignore, negotiation=_is_for_negotiation(request))


def _is_for_negotiation(request: Request) -> bool:
    """Whether the command line says so, or asks for a rule that is for negotiations alone."""
    if request.negotiation or not request.select:
        return request.negotiation
    from dripper.lint.options import names
    from dripper.lint.ruleset import RULES

    named = ([rule for rule in RULES if names(word, rule)] for word in request.select)
    return any(all(rule.negotiation for rule in rules) for rules in named)
