"""The JSON Schema of a file kind, so that editors complete and check the files while they are written."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dripper.workspace.model.account import Account
from dripper.workspace.model.campaign import Campaign
from dripper.workspace.model.negotiation import Negotiation
from dripper.workspace.model.settings import Settings

if TYPE_CHECKING:
    from pydantic.json_schema import GenerateJsonSchema


class FileKind(StrEnum):
    """The kinds of files that a user writes."""

    SETTINGS = "settings"
    ACCOUNT = "account"
    CAMPAIGN = "campaign"
    NEGOTIATION = "negotiation"


_TABLES: dict[FileKind, Any] = {
    FileKind.SETTINGS: Settings,
    FileKind.ACCOUNT: Account,
    FileKind.CAMPAIGN: Campaign,
    FileKind.NEGOTIATION: Negotiation,
}


def schema_of(kind: FileKind) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a file kind, made from the rules that read the files."""
    from dripper.workspace.schema import core_schema_of
    from dripper.workspace.shape import HIDDEN_KEY

    generator = _generator()
    schema = generator.generate(core_schema_of(_TABLES[kind]), mode="validation")
    schema["properties"].pop(HIDDEN_KEY, None)
    _describe(schema, _TABLES[kind], schema.get("$defs", {}))
    return {"$schema": generator.schema_dialect, **schema}


def _describe(schema: dict[str, Any], table: Any, shared: dict[str, Any]) -> None:
    """Say of each key in `schema`, drawn from `table`, what it means; `shared` are the tables that it refers to."""
    from dripper.workspace.meanings import meaning_of
    from dripper.workspace.shape import is_table, item_of, keys_of

    for key, kind in keys_of(table).items():
        drawn, inner = schema["properties"][key], item_of(kind)
        if is_table(inner):
            item = drawn if inner is kind else drawn.get("items") or drawn["additionalProperties"]
            _describe(shared[item["$ref"].rpartition("/")[2]] if "$ref" in item else item, inner, shared)
        if meaning := meaning_of(table, key):
            drawn["description"] = meaning


def _generator() -> GenerateJsonSchema:
    from pydantic.json_schema import GenerateJsonSchema

    class Generator(GenerateJsonSchema):
        """Leaves out titles that only repeat a key, and `null`, which TOML does not have."""

        def field_title_should_be_set(self, schema: Any) -> bool:
            return False

        def default_schema(self, schema: Any) -> dict[str, Any]:
            drawn = super().default_schema(schema)
            if drawn.get("default") is None:
                drawn.pop("default", None)
            return drawn

    return Generator()
