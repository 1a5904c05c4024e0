"""Admin: what editors and scripts need to know of the files."""

from __future__ import annotations

import click

from dripper.cli.app import print_json


@click.command()
@click.argument("kind", type=click.Choice(["settings", "account", "campaign", "negotiation"]))
def schema(kind: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a file kind, for editors that complete and check TOML.

    Write it beside the file, as in `dripper schema campaign > campaign.schema.json`, and let the file begin with
    `#:schema ./campaign.schema.json`.
    """
    from dripper.jobs.schema import FileKind, schema_of

    print_json(schema_of(FileKind(kind)))
