"""The command `import`: a list of contacts from another program."""

from __future__ import annotations

from pathlib import Path

import click

from dripper.cli.app import App, json_option, pass_app, print_json, show_problems, talk


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--to", "name", metavar="NAME", help="Write campaigns/NAME.csv, as in acme/shops; default: the file's name."
)
@click.option("--replace", is_flag=True, help="Write the list anew where it is there already.")
@json_option
@pass_app
def import_(app: App, file: Path, *, name: str | None, replace: bool, as_json: bool) -> int:
    """Take the contacts of a CSV of another program as a list for campaigns, however long it is.

    Commas, semicolons or tabs; the headers that people use are understood. Each address is taken once. Rows that cannot
    be used are told with line and cause and left out; the others are taken.
    """
    from dripper.jobs.import_list import import_list

    root = app.wiring.root
    done = import_list(app.directory / file, root, shown=str(file), name=name, replace=replace)
    show_problems(done.problems)
    written = done.path.relative_to(root).as_posix()
    if as_json:
        print_json({"version": 1, "list": written, "people": done.people, "is_whole": not done.problems})
    people = "1 contact" if done.people == 1 else f"{done.people:,} contacts"
    talk(f"wrote {written}: {people}" + (", without the rows above" if done.problems else ""))
    talk(f'Next: write contacts = "{done.path.name}" into a campaign beside it, then `dripper lint`.')
    return 1 if done.problems else 0
