"""The server as an editor meets it: a process of its own, talked to over stdio by a real client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from fakes.editor import Editor, applied, edits_of
from fakes.workspaces import ACCOUNT, CAMPAIGN, SETTINGS, write
from lsprotocol import types

INSIGHTS = "campaigns/acme/insights.toml"
ASKING = CAMPAIGN.replace("out.", "out. Could you try it?")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Start one server for the tests that need no other: it serves many workspaces."""
    with Editor(tmp_path_factory.mktemp("editor")) as editor:
        yield editor


@pytest.fixture
def editor(started: Editor, root: Path) -> Iterator[Editor]:
    """Return an editor in a workspace of its own; what a server does must not be worth a word in the log."""
    started.turn_to(root)
    yield started
    assert started.logged == []


def codes(found: list[types.Diagnostic]) -> list[object]:
    return [problem.code for problem in found]


def at(first: int, start: int, last: int, end: int) -> types.Range:
    return types.Range(types.Position(first, start), types.Position(last, end))


def marked(text: str, where: types.Range) -> str:
    """Return what a range of one line marks in a text that is plain ASCII."""
    return text.split("\n")[where.start.line][where.start.character : where.end.character]


def test_the_problems_come_while_one_types_and_go_when_they_are_cured(editor: Editor) -> None:
    assert editor.open(INSIGHTS) == []
    (problem,) = editor.type(INSIGHTS, ASKING)
    assert (problem.code, problem.source, problem.severity) == ("D201", "dripper", types.DiagnosticSeverity.Error)
    assert marked(ASKING, problem.range) == "Could you try it?"
    assert problem.message.startswith("a question to the reader\nturn it into a statement")
    asked = at(16, 115, 16, 132)
    assert editor.type(INSIGHTS, "", asked) == []


def test_what_is_typed_letter_by_letter_is_what_stands_there(editor: Editor) -> None:
    text = "Carts fill up after nine."
    editor.open("note.txt", text, "plaintext")
    for number, letter in enumerate(" By https://a.example"):
        editor.type_quietly("note.txt", letter, at(0, len(text) + number, 0, len(text) + number))
    (problem,) = editor.problems("note.txt")
    assert (problem.code, problem.range) == ("D301", at(0, 29, 0, 46))


def test_each_severity_has_its_own(editor: Editor, root: Path) -> None:
    write(root, "dripper.toml", SETTINGS + '[lint.severity]\nlink = "warning"\nhashtag = "advice"\n')
    found = editor.open("note.md", "Nine in ten carts: https://a.example #carts @acme", "markdown")
    severities = types.DiagnosticSeverity
    assert {problem.code: problem.severity for problem in found} == {
        "D301": severities.Warning,
        "D302": severities.Information,
        "D303": severities.Error,
    }


def test_a_draft_needs_no_workspace(editor: Editor, root: Path) -> None:
    (root / "dripper.toml").unlink()
    assert codes(editor.open("note.txt", "Could you call me?", "plaintext")) == ["D201"]
    mail = "Subject: One\r\n\r\nBy https://a.example\r\n"
    assert [problem.range for problem in editor.open("note.eml", mail, "mail")] == [at(2, 3, 2, 20)]
    assert codes(editor.open("untitled:Untitled-1", "Could you call me?", "plaintext")) == ["D201"]


def test_an_empty_draft_is_no_problem_yet(editor: Editor) -> None:
    assert editor.open("note.txt", "\n", "plaintext") == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        pytest.param("campaigns/acme/account.toml", "name = 1\n", "D503", id="an account"),
        pytest.param("campaigns/acme/renewal.negotiation.toml", 'title = "R"\n', "D514", id="a negotiation"),
        pytest.param("dripper.toml", SETTINGS + "colour = 1\n", "D502", id="the settings"),
        pytest.param("dripper.toml", '[workspace]\nname = "N\n', "D501", id="settings that cannot be read"),
        pytest.param("campaigns/acme/people.csv", "name\nAna\n", None, id="a list that no campaign names"),
        pytest.param("campaigns/acme/metrics.csv", "metric,date,value\nrate,soon,1\n", "D515", id="metrics"),
        pytest.param("templates/plain.txt.j2", "{{ greeting }}\n", "D513", id="a shell"),
        pytest.param("templates/plain.html.j2", "<p>{{ text }\n", None, id="a page that no campaign asks for"),
    ],
)
def test_every_file_of_a_workspace_has_its_problems(editor: Editor, name: str, text: str, code: str | None) -> None:
    assert codes(editor.open(name, text)) == ([] if code is None else [code])


def test_a_campaign_is_checked_although_the_settings_are_broken(editor: Editor, root: Path) -> None:
    write(root, "dripper.toml", "[workspace\n")
    assert codes(editor.open(INSIGHTS, "every = \n")) == ["D501"]
    assert codes(editor.type(INSIGHTS, CAMPAIGN.replace("every", "evry"))) == ["D502"]


def test_a_file_that_is_none_of_ours_is_left_alone(editor: Editor) -> None:
    editor.open_quietly(editor.uri("pyproject.toml"), "not toml [")
    editor.open_quietly(editor.uri("main.py"), "import os", "python")
    editor.open_quietly("git:/note.txt", "Could you call me?", "plaintext")
    editor.open("note.txt", "Nine in ten.", "plaintext")
    assert [uri for uri in editor.told if uri.startswith((editor.root.as_uri(), "git:"))] == [editor.uri("note.txt")]


def test_the_files_that_depend_on_a_changed_one_are_looked_at_again(editor: Editor) -> None:
    editor.open(INSIGHTS)
    editor.open("campaigns/acme/account.toml")
    editor.type("campaigns/acme/account.toml", ACCOUNT.replace('name = "Ana Weber"\n', 'role = "Buyer"\n'))
    found = editor.when(editor.uri(INSIGHTS), lambda told: told.diagnostics)
    assert {problem.code for problem in found} == {"D505"}
    editor.close("campaigns/acme/account.toml")
    assert editor.when(editor.uri(INSIGHTS), lambda told: not told.diagnostics) == []


def test_a_closed_file_takes_its_problems_along(editor: Editor) -> None:
    assert editor.open(INSIGHTS, ASKING)
    editor.close(INSIGHTS)
    assert editor.when(editor.uri(INSIGHTS), lambda told: told.version is None) == []


def test_what_another_program_writes_counts_when_the_client_tells_of_it(editor: Editor, root: Path) -> None:
    editor.open(INSIGHTS)
    (registered,) = [each for params in editor.watched for each in params.registrations]
    assert registered.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    write(root, "dripper.toml", SETTINGS + "[lint]\nchars = 90\n")
    change = types.FileEvent(uri=editor.uri("dripper.toml"), type=types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes=[change]))
    assert codes(editor.when(editor.uri(INSIGHTS), lambda told: told.diagnostics)) == ["D101", "D101"]
    write(root, "dripper.toml", SETTINGS)
    editor.save(INSIGHTS)
    assert editor.when(editor.uri(INSIGHTS), lambda told: not told.diagnostics) == []


WIDE = "\t\U0001f600e\u0301 \u4e2d was https://a.example\r\nand more"


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 17), ("utf-16", 12), ("utf-32", 11)])
def test_columns_are_counted_as_was_agreed_on(tmp_path: Path, encoding: str, column: int) -> None:
    with Editor(tmp_path.resolve(), encodings=[encoding]) as editor:
        assert editor.ready.capabilities.position_encoding == encoding
        (problem,) = editor.open("note.txt", WIDE, "plaintext")
        assert problem.range == at(0, column, 0, column + 17)
        assert editor.type("note.txt", "here.", problem.range) == []
        assert "23/140" in editor.hints("note.txt")[0]


def test_columns_are_utf_16_where_nothing_was_agreed_on(editor: Editor) -> None:
    assert [problem.range for problem in editor.open("note.txt", WIDE, "plaintext")] == [at(0, 12, 0, 29)]


def test_a_client_that_knows_no_encoding_of_ours_gets_utf_16(tmp_path: Path) -> None:
    with Editor(tmp_path.resolve(), encodings=["utf-16", "utf-8"]) as editor:
        assert editor.ready.capabilities.position_encoding == "utf-16"


def test_hover_explains_and_counts(editor: Editor) -> None:
    editor.open(INSIGHTS, ASKING)
    assert "### D201 question" in editor.hover(INSIGHTS, 16, 120)
    assert "124/140" in editor.hover(INSIGHTS, 16, 2)
    assert "unit that is linted" in editor.hover(INSIGHTS, 13, 4)
    assert editor.hover(INSIGHTS, 6, 0) == ""


def test_the_length_goes_along_while_one_types(editor: Editor) -> None:
    editor.open(INSIGHTS)
    assert editor.hints(INSIGHTS) == [(10, 115, "106/140"), (16, 115, "106/140")]
    editor.type(INSIGHTS, "!!", at(16, 114, 16, 114))
    assert editor.hints(INSIGHTS, 12) == [(16, 117, "108/140")]
    assert editor.refreshed > 0


def test_keys_and_names_are_offered_while_the_file_is_broken(root: Path) -> None:
    with Editor(root, snippets=True) as editor:
        editor.open(INSIGHTS, 'every = \n[[message]]\ng\ntext = "{{ contact.')
        gift = next(item for item in editor.completions(INSIGHTS, 2, 1) if item.label == "gift")
        assert isinstance(gift.text_edit, types.TextEdit)
        assert gift.text_edit == types.TextEdit(range=at(2, 0, 2, 1), new_text='gift = "$1"')
        assert gift.insert_text_format == types.InsertTextFormat.Snippet
        assert "first_name" in {item.label for item in editor.completions(INSIGHTS, 3, 19)}


def test_a_quick_fix_cures_the_text(editor: Editor) -> None:
    text = CAMPAIGN.replace('text = "Shoes', '# dripper: allow link because it was there\ntext = "Shoes')
    (problem,) = editor.open(INSIGHTS, text)
    assert problem.code == "D802"
    (fix,) = [action for action in editor.actions(INSIGHTS, problem.range) if action.is_preferred]
    assert editor.type(INSIGHTS, applied(text, edits_of(fix))) == []


def test_an_exception_with_its_reason_cures_the_problem(editor: Editor) -> None:
    (problem,) = editor.open(INSIGHTS, ASKING)
    (allow,) = [action for action in editor.actions(INSIGHTS, problem.range) if action.title.startswith("Allow")]
    after = applied(ASKING, edits_of(allow))
    assert codes(editor.type(INSIGHTS, after)) == ["D801"]
    assert editor.type(INSIGHTS, after.replace("because ", "because they asked us to ask", 1)) == []


def test_a_rule_is_explained_by_a_command(editor: Editor) -> None:
    params = types.ExecuteCommandParams(command="dripper.explain", arguments=["D301"])
    answer = editor.wait(editor.client.workspace_execute_command_async(params))
    assert str(answer).startswith("D301 link (error)")
    assert editor.shown == [answer]


@pytest.mark.parametrize("name", [INSIGHTS, "note.txt"])
def test_a_text_of_ten_megabytes_is_told_and_can_be_typed_in(editor: Editor, name: str) -> None:
    line = "# " + "a" * 98 + "\n"
    assert codes(editor.open(name, line * 100_000)) == ["D512"]
    start = monotonic()
    for _ in range(5):
        assert codes(editor.type(name, "b", at(50_000, 4, 50_000, 4))) == ["D512"]
        assert editor.completions(name, 50_000, 4) == []
        assert editor.hints(name) == []
    assert monotonic() - start < 30


def test_keys_are_offered_while_a_long_list_is_still_checked(editor: Editor) -> None:
    people = "".join(f"p{number}@acme.example,Person{number} Roe\n" for number in range(6_000))
    write(editor.root, "campaigns/acme/people.csv", f"email,name\n{people}")
    text = 'contacts = "people.csv"\n' + CAMPAIGN.replace("Most of", "{{ contact.first_name }}, most of")
    editor.open_quietly(editor.uri(INSIGHTS), text + "\n")
    assert "gift" not in {item.label for item in editor.completions(INSIGHTS, 20, 0)}
    assert editor.uri(INSIGHTS) not in editor.told
    assert editor.problems(INSIGHTS) == []


def test_the_server_ends_when_it_is_told_to_and_says_nothing(root: Path) -> None:
    with Editor(root) as editor:
        editor.open(INSIGHTS, ASKING)
        assert editor.shut_down() == (0, "")


def greeting() -> bytes:
    params = {"capabilities": {}, "processId": None, "rootUri": None}
    return framed({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})


def framed(message: object) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def run(root: Path, said: bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dripper", "lsp", "--stdio"]
    return subprocess.run(command, cwd=root, input=said, capture_output=True, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def test_the_server_ends_when_its_client_is_gone(root: Path) -> None:
    done = run(root, greeting())
    assert (done.returncode, done.stderr) == (1, b"")
    assert b'"positionEncoding":"utf-16"' in done.stdout.replace(b" ", b"")


def test_the_server_ends_when_nobody_reads_what_it_says(root: Path) -> None:
    text = "Could you call me? " * 100
    item = {"uri": (root / "note.txt").as_uri(), "languageId": "plaintext", "version": 1, "text": text}
    opened = framed({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}})
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "dripper", "lsp"]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=writer, stderr=subprocess.PIPE) as server:
        os.close(writer)
        _, said = server.communicate(greeting() + opened, timeout=60)
    assert server.returncode == 1
    assert b"Traceback" not in said


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(framed("hello"), id="no message"),
        pytest.param(b"Content-Length: 9\r\n\r\n{broken!}", id="no JSON"),
        pytest.param(
            framed({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"text": "secret"}}), id="no text"
        ),
        pytest.param(framed({"jsonrpc": "2.0", "id": 2, "method": "unknown/method", "params": {}}), id="no method"),
        pytest.param(
            framed({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": 3}), id="no parameters"
        ),
    ],
)
def test_a_message_that_cannot_be_read_is_survived_and_not_repeated(root: Path, said: bytes) -> None:
    bye = framed({"jsonrpc": "2.0", "id": 9, "method": "shutdown"}) + framed({"jsonrpc": "2.0", "method": "exit"})
    done = run(root, greeting() + said + bye)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"secret" not in done.stderr


def test_a_secret_is_not_repeated(root: Path) -> None:
    settings = SETTINGS.replace("port = 25", 'user = "dana", password = "xyzzy-42"')
    with Editor(root) as editor:
        found = editor.open("dripper.toml", settings)
        assert "D509" in codes(found)
        line = next(number for number, text in enumerate(settings.split("\n")) if "xyzzy-42" in text)
        column = settings.split("\n")[line].index("xyzzy-42")
        said = [str(editor.told), str(editor.logged), editor.hover("dripper.toml", line, column)]
        said.append(str(editor.actions("dripper.toml", at(line, 0, line, 200))))
        said.append(editor.shut_down()[1])
    assert "xyzzy-42" not in " ".join(said)


def test_without_its_package_the_command_says_what_to_install(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "hidden", "pygls/__init__.py", 'raise ModuleNotFoundError("no pygls", name="pygls")\n')
    path = os.pathsep.join([str(tmp_path / "hidden"), os.environ.get("PYTHONPATH", "")])
    done = run(root, b"", env={**os.environ, "PYTHONPATH": path})
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"the language server needs pygls" in done.stderr
    assert b"pip install 'dripper[lsp]'" in done.stderr
