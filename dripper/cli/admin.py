"""Admin: what editors and scripts need to know of the files."""

from __future__ import annotations

import click

from dripper.cli.app import App, pass_app, print_json


@click.command()
@click.argument("kind", type=click.Choice(["settings", "account", "campaign", "negotiation"]))
def schema(kind: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a file kind, for editors that complete and check TOML.

    Write it beside the file, as in `dripper schema campaign > campaign.schema.json`, and let the file begin with
    `#:schema ./campaign.schema.json`.
    """
    from dripper.jobs.schema import FileKind, schema_of

    print_json(schema_of(FileKind(kind)))


@click.command()
@click.option("--stdio", is_flag=True, expose_value=False, help="What is done anyway: talk on stdin and stdout.")
@pass_app
def lsp(app: App) -> int:
    """Serve an editor by the Language Server Protocol, on stdin and stdout, until it goes.

    It shows the problems of campaigns, accounts, negotiations, dripper.toml and drafts while they are written, counts
    their characters, explains rules and keys, completes, and mends what is safe to mend.
    """
    from dripper.wiring.clock import today_here

    try:
        from dripper.lsp.server import serve
    except ModuleNotFoundError as error:
        from dripper.errors import UsageError

        if error.name not in ("pygls", "lsprotocol"):
            raise
        raise UsageError("the language server needs pygls", cure="pip install 'dripper[lsp]'") from error
    return serve(lambda: today_here(app.now))
