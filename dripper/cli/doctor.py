"""Doctor: examine what sending rests on."""

from __future__ import annotations

import click

from dripper.cli.app import App, json_option, pass_app, print_json, talk


@click.command()
@click.option("--dns", metavar="ADDRESS", help="The name server to ask, as 192.0.2.1 or 192.0.2.1:5353.")
@json_option
@pass_app
def doctor(app: App, dns: str | None, *, as_json: bool) -> int:
    """Check the files, each mailbox's server and log-in, the sender's SPF, DKIM and DMARC, clock, store and keyring.

    Nothing is sent and nothing is changed. It ends with 1 where something is a problem; what could not be asked is
    none.
    """
    from dripper.drip.checkup import Verdict
    from dripper.jobs.doctor import doctor as job
    from dripper.pages.checkup import checkup_json, checkup_text

    wiring = app.wiring
    checks = job(wiring.loaded, wiring.instruments(dns=dns), lambda: wiring.store_to_read, wiring.real_clock.now)
    count = sum(check.verdict is Verdict.PROBLEM for check in checks)
    if as_json:
        print_json(checkup_json(checks))
    else:
        click.echo(checkup_text(checks))
        talk(f"{count} {'problem' if count == 1 else 'problems'}." if count else "No problems.")
    return 1 if count else 0
