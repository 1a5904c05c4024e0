from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from fakes.command import dripper
from jsonschema import Draft202012Validator

from dripper.jobs.schema import FileKind, schema_of
from dripper.workspace.packaged import sample_root

SAMPLES = {
    FileKind.SETTINGS: "dripper.toml",
    FileKind.ACCOUNT: "campaigns/*/account.toml",
    FileKind.CAMPAIGN: "campaigns/**/[!a]*[!n].toml",
    FileKind.NEGOTIATION: "campaigns/*/*.negotiation.toml",
}


def as_editors_see(value: Any) -> Any:
    """Dates as text with a format, as the TOML plugins of editors hand them to a JSON Schema."""
    if isinstance(value, dict):
        return {key: as_editors_see(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_editors_see(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def validator(kind: FileKind) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind), format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("kind", FileKind)
def test_a_schema_is_one_of_its_draft(kind: FileKind) -> None:
    schema = schema_of(kind)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", FileKind)
def test_a_schema_accepts_the_files_of_the_sample_workspace(kind: FileKind) -> None:
    files = [file for file in sample_root().glob(SAMPLES[kind]) if (kind == "negotiation") == (".neg" in file.name)]

    assert files
    for file in files:
        validator(kind).validate(as_editors_see(tomli.loads(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("kind", FileKind)
def test_a_schema_refuses_an_unknown_key_and_the_hidden_one(kind: FileKind) -> None:
    wrong = {error.message for error in validator(kind).iter_errors({"colour": 1, "<file>": "x", "file": "x"})}

    assert any("'<file>', 'colour', 'file' were unexpected" in message for message in wrong), wrong


@pytest.mark.parametrize(
    ("campaign", "path"),
    [
        pytest.param({"every": "2 weeks", "start": "soon"}, ["start"], id="no date"),
        pytest.param({"every": "2weeks"}, ["every"], id="no cadence"),
        pytest.param({"every": "2 weeks", "on_reply": "all"}, ["on_reply"], id="an unknown word"),
        pytest.param({"every": "2 weeks", "priority": -1}, ["priority"], id="out of range"),
        pytest.param({"every": "2 weeks", "message": [{"text": ""}]}, ["message", 0, "text"], id="an empty text"),
        pytest.param({"every": "2 weeks", "message": [{"text": "x", "aks": True}]}, ["message", 0], id="deep down"),
        pytest.param({}, [], id="a key missing"),
    ],
)
def test_a_schema_refuses_what_the_reader_refuses(campaign: dict[str, Any], path: list[str | int]) -> None:
    (error,) = validator(FileKind.CAMPAIGN).iter_errors(campaign)

    assert list(error.absolute_path) == path


def test_a_value_with_rules_of_its_own_comes_with_an_example() -> None:
    assert schema_of(FileKind.CAMPAIGN)["properties"]["every"]["examples"] == ["2 weeks"]


def test_a_key_comes_with_what_it_means() -> None:
    schema = schema_of(FileKind.CAMPAIGN)

    assert schema["properties"]["mailbox"]["description"] == "Empty: the only mailbox of the workspace."
    assert schema["properties"]["lint"]["description"] == "What this campaign changes of `[lint]`."
    message = schema["properties"]["message"]["items"]
    assert message["properties"]["gift"]["description"].startswith("What the reader has from it")


def test_the_command_prints_the_schema(tmp_path: Path) -> None:
    ran = dripper("schema", "account", cwd=tmp_path)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == schema_of(FileKind.ACCOUNT)


def test_the_command_knows_its_kinds(tmp_path: Path) -> None:
    ran = dripper("schema", "contact", cwd=tmp_path)

    assert ran.returncode == 2
    assert "'settings', 'account', 'campaign', 'negotiation'" in ran.stderr
