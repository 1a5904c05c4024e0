"""What an editor offers at a problem: the safe fix, an exception with a reason, and the rule explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    Command,
    OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from dripper.lint.report.edits import edit_of
from dripper.lint.report.shown import lines_of, shown_in
from dripper.lsp.allowing import allowing
from dripper.lsp.diagnostics import diagnostic_of, stretch_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lsprotocol.types import CodeActionContext, Range

    from dripper.lsp.buffers import Buffer
    from dripper.lsp.desk import Desk
    from dripper.problem import Problem

EXPLAIN = "dripper.explain"
FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.dripper"
KINDS = [CodeActionKind.QuickFix, FIX_ALL]


def actions(desk: Desk, buffer: Buffer, where: Range, context: CodeActionContext) -> list[CodeAction]:
    """Return what may be done about the problems within `where`, of the kinds that the client asks for."""
    problems = desk.problems(buffer) or ()
    first, last = buffer.sheet.offset(where.start), buffer.sheet.offset(where.end)
    found: list[CodeAction] = []
    for problem in problems:
        start, end = stretch_of(buffer.sheet, problem)
        if start <= max(first, last) and first <= end:
            found += _of_problem(desk, buffer, problem)
    if fixable := [problem for problem in problems if problem.replacement is not None]:
        found.append(_fix_all(buffer, fixable))
    return list(_wanted(_once(found), context.only))


def _of_problem(desk: Desk, buffer: Buffer, problem: Problem) -> Iterator[CodeAction]:
    shown = [diagnostic_of(buffer.sheet, problem)]
    quick = CodeActionKind.QuickFix
    if problem.replacement is not None:
        title = f"Write “{problem.replacement}”" if problem.replacement.strip() else "Take it out"
        edit = _edited(buffer, [_fix(buffer, problem)])
        yield CodeAction(title=title, kind=quick, diagnostics=shown, is_preferred=True, edit=edit)
    if (allowed := allowing(desk, buffer, problem)) is not None:
        title = f"Allow {problem.name} here, because …"
        yield CodeAction(title=title, kind=quick, diagnostics=shown, edit=_edited(buffer, [allowed]))
    title = f"Explain {problem.code} {problem.name}"
    command = Command(title=title, command=EXPLAIN, arguments=[problem.code])
    yield CodeAction(title=title, kind=quick, diagnostics=shown, command=command)


def _fix_all(buffer: Buffer, problems: Iterable[Problem]) -> CodeAction:
    """Return every safe fix of the file at once; of two that meet, the first."""
    edits: list[TextEdit] = []
    for edit in sorted((_fix(buffer, problem) for problem in problems), key=_place):
        if not edits or _place(edits[-1])[2:] <= _place(edit)[:2]:
            edits.append(edit)
    return CodeAction(title="Make every safe fix of dripper", kind=FIX_ALL, edit=_edited(buffer, edits))


def _fix(buffer: Buffer, problem: Problem) -> TextEdit:
    span, text = edit_of(shown_in(lines_of(buffer.sheet.text), problem))
    return TextEdit(range=buffer.sheet.range(*buffer.sheet.offsets(span)), new_text=text)


def _place(edit: TextEdit) -> tuple[int, int, int, int]:
    start, end = edit.range.start, edit.range.end
    return start.line, start.character, end.line, end.character


def _edited(buffer: Buffer, edits: list[TextEdit]) -> WorkspaceEdit:
    """Return the edits for the text as it was seen, also in the form for a client that knows no versions."""
    identifier = OptionalVersionedTextDocumentIdentifier(uri=buffer.uri, version=buffer.version)
    versioned = TextDocumentEdit(text_document=identifier, edits=list(edits))
    return WorkspaceEdit(document_changes=[versioned], changes={buffer.uri: edits})


def _once(found: Iterable[CodeAction]) -> Iterator[CodeAction]:
    """Yield each action once, although several problems offer it."""
    seen: list[tuple[str, object]] = []
    for action in found:
        if (action.title, action.edit) not in seen:
            seen.append((action.title, action.edit))
            yield action


def _wanted(found: Iterable[CodeAction], only: Iterable[object] | None) -> Iterator[CodeAction]:
    kinds = [str(getattr(kind, "value", kind)) for kind in only] if only else [""]
    for action in found:
        kind = str(getattr(action.kind, "value", action.kind))
        if any(not wanted or kind == wanted or kind.startswith(f"{wanted}.") for wanted in kinds):
            yield action
