"""The commands of sending: schedule, send, run."""

from __future__ import annotations

import gc
import sys
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, pass_app, print_json_line, show_problems, talk
from dripper.cli.proofs import send_proofs_of, to_me_option, told_apart
from dripper.cli.rehearsal import beginning_in_time, tell_of_later_records
from dripper.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo

    from dripper.cli.foot import Foot
    from dripper.drip.ahead import Ahead
    from dripper.drip.sending import Handled
    from dripper.jobs.schedule import Outlook
    from dripper.jobs.send import Office
    from dripper.outbox.errand import Errand

_limit = click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Deliver at most N messages.")


@click.command
@click.argument("campaigns", nargs=-1, metavar="[CAMPAIGN]...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--restart", is_flag=True, help="Begin with the first message although the start is past.")
@to_me_option
@pass_app
def schedule(app: App, campaigns: tuple[str, ...], *, yes: bool, restart: bool, to_me: str | None) -> int:
    """Approve campaigns as they stand: lint them, show what changes, ask, and freeze them.

    Without names: all campaigns. From then on `dripper send` and `dripper run` may deliver them.
    """
    from dripper.jobs import schedule as job
    from dripper.jobs.ahead import MOST_FORESEEN
    from dripper.jobs.past import past_of

    campaigns, to_me = told_apart(campaigns, to_me)
    if to_me is not None and (yes or restart):
        raise click.UsageError("--to-me schedules nothing: leave out --yes and --restart")
    wiring = app.wiring
    tell_of_later_records(app)
    past = past_of(wiring.store_to_read, wiring.loaded) if wiring.loaded.workspace else None
    now, checked = wiring.clock.now(), job.checked(wiring.loaded, campaigns, past=past)
    drafts = checked.drafts
    if to_me is not None:
        return send_proofs_of(app, [draft.campaign for draft in drafts], to_me)
    # A long list takes a while: what is done anyway is not tried before.
    is_long = job.readers_of(wiring.workspace, drafts) > MOST_FORESEEN
    is_done = yes and is_long
    schedule_all, store = (job.approve, wiring.store) if is_done else (job.preview, wiring.store_to_read)
    with beginning_in_time(app):
        outlook = schedule_all(store, wiring.workspace, drafts, now=now, restart=restart)
    names = [draft.campaign.id for draft in drafts]
    _show_outlook(app, outlook, names, is_long=is_long)
    if not outlook.is_unchanged:
        show_problems(checked.repeats)
        if not yes and not _agrees():
            talk("Nothing was scheduled.")
            return 2
        if not is_done:
            job.approve(wiring.store, wiring.workspace, drafts, now=now, restart=restart)
    click.echo(_next_words(app))
    return 0


def _agrees() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to ask", cure="look at the plan above, then say `dripper schedule --yes`")
    return click.confirm("Schedule this?", err=True)


def _show_outlook(app: App, outlook: Outlook, names: list[str], *, is_long: bool) -> None:
    from dripper.jobs.plan import plan
    from dripper.jobs.standing import standing_of
    from dripper.pages.scheduled import change_lines
    from dripper.pages.season import season_text

    wiring = app.wiring
    if is_long:
        talk(f"The season of so many is too long to show here: `dripper plan {' '.join(names)}` shows it.")
    elif not outlook.is_unchanged:
        standing = standing_of(wiring.store_to_read, suppressed=wiring.suppressed)
        talk(season_text(plan(wiring.workspace, standing, now=wiring.clock.now(), names=names)) + "\n")
    for change in outlook.changes:
        for line in change_lines(change):
            talk(line)


def _ahead(app: App) -> Ahead:
    from dripper.jobs.ahead import ahead_of

    wiring = app.wiring
    now, rehearsal = wiring.clock.now(), wiring.rehearsal
    return ahead_of(wiring.store_to_read, wiring.workspace, now=now, rehearsal=rehearsal, suppressed=wiring.suppressed)


def _next_words(app: App) -> str:
    """Say who is next; the time is the contact's, as in the plan."""
    from zoneinfo import ZoneInfo

    from dripper.jobs.target import name_of

    first = min(_ahead(app).first.values(), key=lambda each: (each.at, each.campaign), default=None)
    if first is None:
        return "Nothing is left to send."
    local = first.at.astimezone(ZoneInfo(first.zone))
    name = name_of(app.wiring.workspace, first.contact).partition(" ")[0]
    when = f"{local:%a} {local.day} {local:%b %H:%M}, {name}"
    if first.is_blocked:
        talk(f"But {first.trouble}, so nothing leaves through it.")
    return f"Next: {when}. Nothing leaves until `dripper run` runs or `dripper autostart` is set."


@click.command
@click.option("--dry-run", is_flag=True, help="Show what would leave now; send nothing.")
@_limit
@json_option
@pass_app
def send(app: App, limit: int | None, *, dry_run: bool, as_json: bool) -> int:
    """Deliver what is scheduled and due, then end; for cron."""
    from dripper.outbox.errand import Errand

    office = _office(app)
    if dry_run:
        return _dry_run(app, office, limit, as_json=as_json)
    return _deliver(app, office, Errand(most=limit, poll_s=None if app.wiring.rehearsal else 30), as_json=as_json)


@click.command
@click.option("--until", metavar="TIME", help="End at TIME (ISO 8601); without it: when stopped.")
@json_option
@pass_app
def run(app: App, until: str | None, *, as_json: bool) -> int:
    """Keep delivering until stopped; Ctrl-C finishes what is open, a second one ends at once.

    In a rehearsal (`--now`) nobody waits: the clock moves on to whatever comes next.
    """
    from dripper.outbox.errand import Errand

    end = _instant(until, app) if until else None
    errand = Errand(wait=True, until=end, poll_s=None if app.wiring.rehearsal else 30)
    return _deliver(app, _office(app), errand, as_json=as_json)


def _office(app: App) -> Office:
    from dripper.jobs.send import Office

    wiring = app.wiring
    tell_of_later_records(app)
    return Office(
        store=wiring.store,
        approved=wiring.approved,
        wires=wiring.wires,
        clock=wiring.clock,
        real_clock=wiring.real_clock,
        worker=wiring.worker_name(),
        loop=wiring.loop,
    )


def _dry_run(app: App, office: Office, limit: int | None, *, as_json: bool) -> int:
    from dripper.jobs.send import due_now
    from dripper.pages.deliveries import delivery_json, due_lines, trial_json

    rows, summary = due_now(office, most=limit)
    if as_json:
        for row in rows:
            print_json_line(delivery_json(row) | {"outcome": "due"})
        print_json_line(trial_json(rows, summary))
    else:
        click.echo("\n".join(due_lines(rows, summary, app.wiring.zone)))
    return 1 if summary.unusable else 0


def _deliver(app: App, office: Office, errand: Errand, *, as_json: bool) -> int:
    from dripper.cli.foot import foot
    from dripper.jobs.left import left
    from dripper.jobs.send import deliver
    from dripper.jobs.suppress import keep_in_file
    from dripper.pages.deliveries import summary_json, summary_lines

    zone = app.wiring.zone
    # What was read so far stays to the end, and need not be looked at again and again to see whether it is in use.
    gc.freeze()
    with foot(lambda: left(office.store, now=office.clock.now()), most=errand.most) as line:
        teller = _Teller(zone, line, as_json=as_json)
        summary = deliver(office, errand, teller.tell)
    soonest = _ahead(app).soonest
    summary.next_at = soonest.at if soonest else None
    if not app.wiring.rehearsal:
        # Addresses that servers refused for good.
        keep_in_file(office.store, app.wiring.root)
    if as_json:
        print_json_line(summary_json(summary))
    else:
        click.echo("\n".join(summary_lines(summary, zone, says_zone=not teller.has_said_zone)))
    return 1 if summary.unusable else 0


class _Teller:
    """Prints each delivery, above the line at the foot of the terminal where there is one."""

    def __init__(self, zone: tzinfo, line: Foot | None, *, as_json: bool) -> None:
        self._zone = zone
        self._line = line
        self._as_json = as_json
        self._is_above = line is not None and sys.stdout.isatty()
        self.has_said_zone = False

    def tell(self, row: Handled) -> None:
        """Print a delivery and count it."""
        if self._line is None:
            self._print(row)
            return
        self._line.count(row.state)
        with self._line.away() if self._is_above else nullcontext():
            self._print(row)

    def _print(self, row: Handled) -> None:
        from dripper.pages.deliveries import delivery_json, delivery_line

        if self._as_json:
            print_json_line(delivery_json(row))
            return
        if not self.has_said_zone:
            click.echo(f"Times are in {self._zone}.")
            self.has_said_zone = True
        click.echo(delivery_line(row, self._zone))


def _instant(text: str, app: App) -> datetime:
    """Return the time that a user wrote; without an offset it is one of the workspace's zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--until '{text}' is no time", cure="write it as 2026-12-31T18:00:00+01:00") from error
    return found if found.tzinfo else found.replace(tzinfo=app.wiring.zone)
