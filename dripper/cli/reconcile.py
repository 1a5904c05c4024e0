"""The command `reconcile`: what is in doubt, and what a person found out about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, page_width, pass_app, print_json, talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.drip.doubt import Doubt, Settled, Verdict

_ANSWERS = ("yes", "no", "later")


@click.command
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--sent", "is_sent", is_flag=True, help="They arrived: settle them as sent.")
@click.option("--resend", "is_to_resend", is_flag=True, help="They did not arrive: send them again.")
@click.option("--all", "everything", is_flag=True, help="With --sent or --resend: all that is in doubt.")
@json_option
@pass_app
def reconcile(
    app: App, names: tuple[str, ...], *, is_sent: bool, is_to_resend: bool, everything: bool, as_json: bool
) -> int:
    """Show each delivery in doubt with its evidence, and ask one by one whether it arrived.

    NAME is a campaign, a contact, an account, a domain, a message's id or a Message-ID. Several of one kind add up, of
    several kinds narrow it down: CAMPAIGN CONTACT MESSAGE is one delivery. What goes out again has the same Message-ID,
    so that a server that has it already can tell. Ends with 1 while something of it is in doubt.
    """
    from dripper.drip.delivery import State
    from dripper.jobs.reconcile import in_doubt
    from dripper.pages.reconcile import reconcile_json, settled_text

    verdict = _verdict(names, is_sent=is_sent, is_to_resend=is_to_resend, everything=everything)
    wiring = app.wiring
    now, real_now = wiring.clock.now(), wiring.real_clock.now()
    doubts = in_doubt(wiring.store_to_read, wiring.workspace, names, now=now, real_now=real_now)
    settled: tuple[Settled, ...] = ()
    if verdict is not None:
        settled = _settle(app, doubts, verdict)
        doubts = tuple(each.doubt for each in settled if each.state is State.UNKNOWN)
    if as_json:
        print_json(reconcile_json(doubts, settled))
    elif settled:
        click.echo(settled_text(settled))
    elif doubts:
        return _go_through(app, doubts)
    else:
        _tell_of_nothing(app, names)
    return 1 if doubts else 0


def _verdict(names: tuple[str, ...], *, is_sent: bool, is_to_resend: bool, everything: bool) -> Verdict | None:
    from dripper.drip.doubt import Verdict

    if is_sent and is_to_resend:
        raise click.UsageError("--sent and --resend cannot both hold: name those of the one, then of the other")
    if not (is_sent or is_to_resend):
        if everything:
            raise click.UsageError("--all goes with --sent or --resend; without them all is shown anyway")
        return None
    if everything == bool(names):
        raise click.UsageError("name what is meant (a contact, a campaign, a Message-ID), or say --all")
    return Verdict.SENT if is_sent else Verdict.RESEND


def _settle(app: App, doubts: Sequence[Doubt], verdict: Verdict) -> tuple[Settled, ...]:
    from dripper.jobs.reconcile import settle

    wiring = app.wiring
    now, real_now = wiring.clock.now(), wiring.real_clock.now()
    return settle(wiring.store_to_read, wiring.workspace, doubts, verdict, now=now, real_now=real_now)


def _tell_of_nothing(app: App, names: tuple[str, ...]) -> None:
    from dripper.jobs.reconcile import in_hand

    click.echo(f"Nothing{' of that' if names else ''} is in doubt.")
    count, until = in_hand(app.wiring.store_to_read)
    if count and until is not None:
        talk(f"In a worker's hands: {count}; if it died, ask again from {until.astimezone(app.wiring.zone):%H:%M} on.")


def _go_through(app: App, doubts: Sequence[Doubt]) -> int:
    """Show all, and in a terminal ask about each; what is answered is settled at once."""
    from dripper.drip.delivery import State
    from dripper.pages.reconcile import doubt_text, settled_text

    zone, is_asking = app.wiring.zone, sys.stdin.isatty()
    width = page_width()
    left = len(doubts)
    click.echo(f"{left} {'is' if left == 1 else 'are'} in doubt. Times are in {zone}.")
    for number, doubt in enumerate(doubts, 1):
        click.echo(f"\n{number}. {doubt_text(doubt, zone, width=width)}")
        verdict = _asked() if is_asking else None
        if verdict is not None:
            settled = _settle(app, [doubt], verdict)
            click.echo(settled_text(settled))
            left -= settled[0].state is not State.UNKNOWN
    if not is_asking:
        talk("Look for the Message-ID or the subject in the mailbox's Sent folder, or ask the contact. Then say")
        talk("  dripper reconcile --sent NAME       it arrived")
        talk("  dripper reconcile --resend NAME     it did not, and goes out again")
    return 1 if left else 0


def _asked() -> Verdict | None:
    """Ask whether it arrived; `None` where that is left open. Ctrl-C ends it, and keeps what was answered before."""
    from dripper.drip.doubt import Verdict

    answer = click.prompt(
        "Did it arrive? yes, no (send it again), later", default="later", value_proc=_answer, err=True
    )
    return {"yes": Verdict.SENT, "no": Verdict.RESEND}.get(answer)


def _answer(text: str) -> str:
    word = text.strip().casefold()
    found = next((each for each in _ANSWERS if word and each.startswith(word)), None)
    if found is None:
        raise click.BadParameter(f"say {', '.join(_ANSWERS[:-1])} or {_ANSWERS[-1]}")
    return found
