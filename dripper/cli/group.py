"""The group of all commands: its sections, its options, and the one place where an error becomes text and exit code."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dripper import __version__
from dripper.cli.app import App

if TYPE_CHECKING:
    from dripper.errors import DripperError

# Objects made and not yet gone, before circles are looked for among the youngest; and how often among the others.
_COLLECTS_AFTER = (20_000, 20, 20)
# Section -> module -> (command, one line of help); the module is imported when one of its commands is run.
SECTIONS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Start",
        "dripper.cli.start",
        (
            ("demo", "The whole main job on a copy of the sample workspace."),
            ("init", "Start a workspace."),
            ("new", "Start an account, a campaign or a negotiation."),
            ("import", "Take the contacts of a CSV as a list for campaigns."),
            ("login", "Try a mailbox's password and keep it in the keyring."),
            ("doctor", "Check what sending rests on: servers, log-ins, DNS, store, clock."),
        ),
    ),
    (
        "Write",
        "dripper.cli.write",
        (
            ("lint", "Find what is too long, asks, links or cannot be sent."),
            ("rule", "Explain a rule: what it finds, why, and the cure."),
            ("preview", "Show every message as each contact will get it."),
            ("ideas", "Draft messages from what the metrics say."),
        ),
    ),
    (
        "Send",
        "dripper.cli.send",
        (
            ("plan", "Show the season: every future message and its reason."),
            ("schedule", "Approve campaigns as they stand; from now on they may go out."),
            ("send", "Deliver what is scheduled and due, then end."),
            ("run", "Keep delivering until stopped."),
            ("autostart", "Keep `run` alive without a terminal."),
            ("pause", "Stop sending to a campaign, contact, account or to all."),
            ("resume", "Go on after a pause."),
            ("replied", "Record a reply that was seen elsewhere."),
            ("suppress", "Never write to an address again."),
            ("status", "What was sent, is due, held or unknown."),
            ("why", "Why this person got or will get what."),
            ("ledger", "Every count, per campaign; they add up."),
            ("reconcile", "Settle deliveries that may have arrived."),
        ),
    ),
    (
        "Prepare",
        "dripper.cli.prepare",
        (
            ("accounts", "Client or partner by the evidence, wrong labels first."),
            ("review", "Walk through twenty accounts: what they are called, and why."),
            ("charter", "What both sides agreed on, or the agenda to agree."),
            ("scorecard", "The page of progress that the client sees."),
            ("metrics", "What each series says."),
            ("signals", "Public mentions by reach, joined to accounts."),
            ("packages", "Score every package of a negotiation for both sides."),
            ("prep", "The brief for a negotiation, and whether it is ready."),
        ),
    ),
    (
        "Admin",
        "dripper.cli.admin",
        (
            ("schema", "The JSON Schema of a file kind, for editors."),
            ("lsp", "The language server: problems and help in any editor, while typing."),
            ("store", "Upgrade, check or copy the record of what was sent."),
        ),
    ),
)
# The commands that stand in a module of their own instead of their section's.
OWN_MODULES = {
    "accounts": "dripper.cli.accounts",
    "autostart": "dripper.cli.autostart",
    "charter": "dripper.cli.charter",
    "ideas": "dripper.cli.ideas",
    "import": "dripper.cli.bring",
    "lint": "dripper.cli.lint",
    "login": "dripper.cli.login",
    "doctor": "dripper.cli.doctor",
    "packages": "dripper.cli.packages",
    "plan": "dripper.cli.plan",
    "prep": "dripper.cli.prep",
    "preview": "dripper.cli.preview",
    "review": "dripper.cli.review",
    "scorecard": "dripper.cli.scorecard",
    "reconcile": "dripper.cli.reconcile",
    "signals": "dripper.cli.signals",
    "store": "dripper.cli.store",
    **dict.fromkeys(("pause", "resume", "replied", "suppress"), "dripper.cli.stop"),
    **dict.fromkeys(("status", "why", "ledger"), "dripper.cli.tell"),
}


class Sections(click.Group):
    """A group that shows its commands by section and imports a command only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command in the order of the sections."""
        return [name for _, _, commands in SECTIONS for name, _ in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, importing its module; `None` where there is no such command."""
        for _, module, commands in SECTIONS:
            if cmd_name in dict(commands):
                # Python has words that no function may have for its name.
                name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
                command = getattr(import_module(OWN_MODULES.get(cmd_name, module)), name)
                assert isinstance(command, click.Command)
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with the nearest name."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f"; did you mean '{near[0]}'?" if near else "; `dripper --help` lists the commands"
            ctx.fail(f"no command '{args[0]}'{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section, with one width for all."""
        width = max(len(name) for name in self.list_commands(ctx))
        for title, _, commands in SECTIONS:
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), line) for name, line in commands])


@click.group(
    cls=Sections,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-C",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    metavar="DIR",
    help="Work as if started in DIR.",
)
@click.option(
    "--now", metavar="TIME", help="Rehearse as if it were TIME, a date or a time (ISO 8601), on a store of its own."
)
@click.option("--json", "as_json", is_flag=True, help="Without a command: print today as JSON.")
@click.version_option(__version__, prog_name="dripper")
@click.pass_context
def dripper(ctx: click.Context, directory: Path, now: str | None, *, as_json: bool) -> None:
    """Short useful e-mails for each client, and the homework before a negotiation, from plain files.

    Without a command: what happened yesterday, what goes out today, and what is held.
    """
    ctx.obj = App(directory=directory, now=now)
    if ctx.invoked_subcommand is None:
        ctx.invoke(import_module("dripper.cli.start").today, as_json=as_json)
    elif as_json:
        raise click.UsageError(f"--json belongs behind the command: dripper {ctx.invoked_subcommand} --json")


def main() -> None:
    """Run the command line and end the process with 0, 1 or 2."""
    # Little of what is made refers to itself in a circle; to look for it as often as Python does takes a tenth of all.
    gc.set_threshold(*_COLLECTS_AFTER)
    sys.exit(run(sys.argv[1:]))


def run(args: list[str], group: click.Group = dripper) -> int:
    """Run the command line on `args` and return the exit code; every error becomes text here."""
    from dripper.errors import DripperError

    try:
        result = group.main(args=args, prog_name="dripper", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except DripperError as error:
        return _refused(error)
    except BrokenPipeError:
        # The reader of our output has gone (`dripper plan | head`); nothing more can be said to it.
        sys.stderr.close()
        return 0
    except OSError as error:
        from dripper.jobs.writing import file_error

        told = file_error(error)
        _give_up_output(error)
        return _refused(told) if told else _own_fault(error)
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user
        return _own_fault(error)
    return result if isinstance(result, int) else 0


def _refused(error: DripperError) -> int:
    from dripper.cli.app import show_problems, talk
    from dripper.errors import ProblemsError

    if isinstance(error, ProblemsError):
        show_problems(error.problems)
    talk(f"dripper: {error}")
    if error.cure:
        talk(f"  {error.cure}")
    return 1 if isinstance(error, ProblemsError) else 2


def _give_up_output(error: OSError) -> None:
    """Where the output itself cannot be written, throw away what is left of it: the interpreter would try again."""
    if error.filename is None and sys.stdout is sys.__stdout__ and sys.stdout is not None:
        with suppress(OSError), open(os.devnull, "wb") as nothing:  # noqa: PTH123 - descriptors, no files of the user's
            os.dup2(nothing.fileno(), sys.stdout.fileno())


def _own_fault(error: Exception) -> int:
    """Tell of a fault of dripper itself and keep the traceback in a file, for a report."""
    from tempfile import NamedTemporaryFile
    from traceback import format_exception

    from dripper.cli.app import talk

    with NamedTemporaryFile("w", prefix="dripper-fault-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.writelines(format_exception(error))
    talk(f"dripper: a fault of dripper itself ({type(error).__name__}: {error})")
    talk(f"  what led to it stands in {file.name}; send it with your report")
    return 2
