"""Lints a workspace, plain drafts, or a file whose lines are messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.errors import UsageError
from dripper.lint.draft import read_draft, read_line
from dripper.lint.options import Options
from dripper.lint.report.shown import Shown
from dripper.lint.rules import RULES
from dripper.lint.runner import lint_draft
from dripper.problem import Problem
from dripper.workspace.disk import TEXT_LIMIT_BYTES, decoded, open_lines, read_text, unreadable

if TYPE_CHECKING:
    from dripper.lint.rule import Rule
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace

DRAFT_SUFFIXES = (".txt", ".md", ".eml")
STDIN = "-"
_WORKSPACE_SUFFIXES = (".toml", ".csv")
_SETTINGS = "dripper.toml"
_LIMIT_BYTES = TEXT_LIMIT_BYTES


def lint_workspace(loaded: Loaded, *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Problem]:
    """Return every problem of a workspace: of its files, and of its messages as each contact gets them.

    A campaign that was left out for a fault is checked as far as it goes, so that one look tells all.
    """
    from dripper.lint.settings import settings_problems

    problems = list(loaded.problems)
    for workspace in (loaded.workspace, loaded.left_out):
        if workspace is not None:
            problems += settings_problems(workspace, loaded.documents)
            for campaign in workspace.campaigns.values():
                problems += _campaign(loaded, workspace, campaign, select=select, ignore=ignore)
    told = {(problem.file, problem.span, problem.code): problem for problem in reversed(problems)}
    return sorted(told.values(), key=lambda problem: problem.sort_key)


def _campaign(
    loaded: Loaded, workspace: Workspace, campaign: Campaign, *, select: Sequence[str], ignore: Sequence[str]
) -> Iterator[Problem]:
    from dripper.jobs.slots import slot_problems
    from dripper.lint.runner import lint_campaign

    document, settings = loaded.documents[campaign.file], loaded.documents[_SETTINGS]
    if document.is_own(("on",), ("at",), ("start",), ("before",)) and settings.is_own(("calendar",)):
        yield from slot_problems(campaign, workspace.settings.calendar, document)
    yield from lint_campaign(
        workspace,
        campaign,
        document,
        select=select,
        ignore=ignore,
        is_everybody_known=not loaded.awaited[campaign.id],
        are_options_known=settings.is_own(("lint",)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line asks for; a path is a file, a folder, or `-` for stdin; none means the whole workspace."""

    paths: tuple[str, ...] = ()
    # Each line of a file is a message of its own.
    lines: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def lint(request: Request, directory: Path) -> Iterator[Shown]:
    """Yield each problem with its line, file by file; files are named as seen from `directory`.

    Raise `UsageError` for a path that is not there or a rule that does not exist, `NoWorkspaceError` where a workspace
    is needed.
    """
    _check_rules(request)
    if not request.paths:
        yield from _WorkspaceLint(directory, request).shown(lambda _file: True)
        return
    for path in request.paths:
        yield from _path(path, request, directory)


def _check_rules(request: Request) -> None:
    from dripper.lint.options import unknown_rule

    for word in (*request.select, *request.ignore):
        if cure := unknown_rule(word, RULES):
            raise UsageError(f"there is no rule {word}", cure=cure)


def _path(path: str, request: Request, directory: Path) -> Iterator[Shown]:
    if path == STDIN:
        options = _draft_options(directory, request)
        yield from (
            _stdin_lines(options) if request.lines else _draft(sys.stdin.buffer.read(_LIMIT_BYTES + 1), path, options)
        )
        return
    place = directory / path
    if not place.exists():
        raise UsageError(f"there is no file {path}", cure="name a campaign, a draft, a folder, or - for stdin")
    if place.is_dir():
        yield from _folder(path, request, directory)
    elif request.lines:
        yield from _file_lines(place, path, _draft_options(place.parent, request))
    elif place.suffix in _WORKSPACE_SUFFIXES:
        yield from _in_workspace(path, request, directory)
    else:
        yield from _draft_file(place, path, _draft_options(place.parent, request))


def _folder(path: str, request: Request, directory: Path) -> Iterator[Shown]:
    """Lint what a folder holds: the workspace's part of it, else its drafts."""
    place = (directory / path).resolve()
    if request.lines:
        raise UsageError(f"{path} is a folder", cure="--lines takes files and - for stdin")
    if (root := _root_above(place)) and (place == root or place.is_relative_to(root / "campaigns")):
        yield from _WorkspaceLint(place, request, directory).shown(lambda file: (root / file).is_relative_to(place))
        return
    drafts = sorted(file for file in place.rglob("*") if file.suffix in DRAFT_SUFFIXES and file.is_file())
    if not drafts:
        raise UsageError(f"{path} holds no draft", cure=f"a draft ends in {', '.join(DRAFT_SUFFIXES)}")
    options = _draft_options(place, request)
    for file in drafts:
        yield from _draft_file(file, str(Path(path) / file.relative_to(place)), options)


def _in_workspace(path: str, request: Request, directory: Path) -> Iterator[Shown]:
    place = (directory / path).resolve()
    run = _WorkspaceLint(place.parent, request, directory)
    name = place.relative_to(run.root).as_posix() if place.is_relative_to(run.root) else path
    if name not in run.loaded.documents and not any(problem.file == name for problem in run.loaded.problems):
        if place.suffix == ".toml":
            raise UsageError(
                f"{path} is no file of the workspace in {run.root}", cure="campaigns stand below campaigns/"
            )
        return
    yield from run.shown(lambda file: file == name)


class _WorkspaceLint:
    """One workspace, loaded once, whose problems are shown with names as seen from `directory`."""

    def __init__(self, start: Path, request: Request, directory: Path | None = None) -> None:
        from dripper.workspace.files import find_root, load

        self.root = find_root(start)
        self.loaded = load(self.root)
        self._request = request
        self._directory = (directory or start).resolve()
        self._texts: dict[str, list[str]] = {}

    def shown(self, wanted: Callable[[str], bool]) -> Iterator[Shown]:
        request = self._request
        for problem in lint_workspace(self.loaded, select=request.select, ignore=request.ignore):
            if wanted(problem.file):
                file = os.path.relpath(self.root / problem.file, self._directory)
                yield Shown(replace(problem, file=Path(file).as_posix()), self._line(problem))

    def _line(self, problem: Problem) -> str:
        from dripper.workspace.settings import masked

        if problem.file not in self._texts:
            document = self.loaded.documents.get(problem.file)
            text = document.text if document else read_text(self.root / problem.file, name=problem.file, limit=None)
            self._texts[problem.file] = _lines_of(text) if isinstance(text, str) else []
        line = _line_at(self._texts[problem.file], problem)
        return masked(line) if problem.file == _SETTINGS else line


def _draft_file(place: Path, name: str, options: Options) -> Iterator[Shown]:
    text = read_text(place, name=name)
    yield from _draft(text, name, options)


def _draft(content: bytes | str | Problem, name: str, options: Options) -> Iterator[Shown]:
    if isinstance(content, bytes):
        too_large = unreadable(
            name, f"the text is larger than {_LIMIT_BYTES // 1000:,} kB", "use --lines for many messages"
        )
        content = too_large if len(content) > _LIMIT_BYTES else decoded(content, name=name)
    if isinstance(content, str) and not content.strip():
        content = unreadable(name, "the draft is empty", "write the message into it")
    if isinstance(content, Problem):
        yield Shown(content)
        return
    if name.endswith(".eml"):
        from dripper.lint.mail import read_mail as reader
    else:
        reader = read_draft
    lines = _lines_of(content)
    for problem in lint_draft(reader(content), name, options, _draft_rules(options)):
        yield Shown(problem, _line_at(lines, problem))


def _file_lines(place: Path, name: str, options: Options) -> Iterator[Shown]:
    lines = open_lines(place, name=name)
    if isinstance(lines, Problem):
        yield Shown(lines)
        return
    with lines:
        yield from _lines(lines, name, options)


def _stdin_lines(options: Options) -> Iterator[Shown]:
    from io import TextIOWrapper

    yield from _lines(TextIOWrapper(sys.stdin.buffer, "utf-8-sig", "surrogateescape", newline=""), STDIN, options)


def _lines(lines: Iterable[str], name: str, options: Options) -> Iterator[Shown]:
    active = _draft_rules(options)
    for number, ended in enumerate(lines, start=1):
        line = ended.rstrip("\r\n")
        if not line or line.isspace():
            continue
        if not line.isascii() and (problem := _undecodable(line, number, name)):
            yield Shown(problem)
            continue
        for problem in lint_draft(read_line(line, number), name, options, active):
            yield Shown(problem, line)


def _undecodable(line: str, number: int, name: str) -> Problem | None:
    """Return the problem of a line with bytes that are no UTF-8, which came as lone surrogates."""
    problem = decoded(line.encode("utf-8", "surrogateescape"), name=name)
    if isinstance(problem, str):
        return None
    return replace(problem, span=replace(problem.span, line=number, end_line=number))


def _draft_options(start: Path, request: Request) -> Options:
    """Return the settings for a draft: those of the nearest workspace's `[lint]`, where there is one that reads."""
    root = _root_above(start.resolve())
    options = Options()
    if root is not None:
        import tomllib

        text = read_text(root / _SETTINGS, name=_SETTINGS)
        # A settings file with a fault is told by the workspace's own lint.
        with suppress(tomllib.TOMLDecodeError):
            options = Options.of_data(tomllib.loads(text).get("lint") if isinstance(text, str) else None)
    return options.also(select=request.select, ignore=request.ignore)


def _draft_rules(options: Options) -> tuple[Rule, ...]:
    return options.active(rule for rule in RULES if rule.drafts)


def _root_above(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / _SETTINGS).is_file()), None)


def _lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _line_at(lines: list[str], problem: Problem) -> str:
    return lines[problem.span.line - 1] if problem.span.line <= len(lines) else ""
