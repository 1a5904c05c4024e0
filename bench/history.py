"""How long it takes to compare new messages with 10,000 that were delivered, against the naive way; one line of JSON.

The naive way parses each archived mail with Python's email package and compares every new text with every old one by
rapidfuzz. Both must find the same repeats. The store is a real one, filled as the worker fills it; seconds are those
of the processor.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

import sqlalchemy as sa
from rapidfuzz.fuzz import partial_ratio

from dripper.jobs.lint_workspace import lint_workspace
from dripper.jobs.past import past_of
from dripper.outbox.store.archive import sent_to
from dripper.outbox.store.engine import Store
from dripper.outbox.store.tables import archive, campaigns, deliveries
from dripper.workspace.files import load

if TYPE_CHECKING:
    from dripper.workspace.files import Loaded

CONTACTS, EACH, NEW, COPIES = 500, 20, 40, 10
# Seconds that 10,000 earlier messages may take, and how many times as quick as the naive way it is at least.
MOST_S, LEAST_TIMES = 3.0, 5.0
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
WORDS = re.findall(
    r"\w+",
    """
    cart size return photo review basket label parcel search night morning colour shelf price chart button gift card
    helpdesk refund jacket boot lamp notebook refill catalogue checkout banner voucher stock invoice courier zip sole
    fitting sleeve collar lace pocket lining weight height length width postcode street window counter till queue cup
    mirror hanger rack basement attic garden bench market square bridge river station platform ticket garage barrel
    kitchen table chair plate spoon recipe flavour spice harvest orchard cellar bottle cork glass workshop warehouse
    """,
)
HEAD = "From: Dana Ruiz <dana@north.example>\r\nTo: {0}\r\nSubject: A note\r\nMIME-Version: 1.0\r\n"
PLAIN = 'Content-Type: text/plain; charset="us-ascii"\r\nContent-Transfer-Encoding: 7bit\r\n\r\n'
SETTINGS = """[workspace]
name = "North"
timezone = "Europe/Berlin"
[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
via = "drafts"
"""


def sentence(chance: Random) -> str:
    """Return a note of the usual length, in words of which hardly two notes share many."""
    things = [f"{chance.choice(WORDS)}-{chance.choice(WORDS)}" for _ in range(7)]
    return f"The {things[0]} beside the {things[1]} sells the " + " and the ".join(things[2:]) + "."


def fill(store: Store, texts: list[str]) -> None:
    """Record each of `texts` as sent, to one contact after the other."""
    with store.write() as connection:
        values = {"id": "old/notes", "revision": 1, "mailbox": "dana", "priority": 5, "scheduled_at": AT}
        connection.execute(sa.insert(campaigns).values(values))
        rows, mails = [], []
        for number, text in enumerate(texts):
            contact = f"c{number % CONTACTS}@acme.example"
            rows.append(
                {
                    "id": number + 1,
                    "campaign": "old/notes",
                    "contact": contact,
                    "message": f"m{number // CONTACTS}",
                    "account": "acme",
                    "domain": "acme.example",
                    "mailbox": "dana",
                    "state": "sent",
                    "token": 1,
                    "revision": 1,
                    "day": date(2026, 6, 1),
                    "attempts": 1,
                    "reply": "",
                    "changed_at": AT,
                }
            )
            body = f"Hi C{number % CONTACTS},\r\n\r\n{text}\r\n\r\nDana\r\n"
            mails.append({"delivery": number + 1, "content": (HEAD.format(contact) + PLAIN + body).encode()})
        connection.execute(sa.insert(deliveries), rows)
        connection.execute(sa.insert(archive), mails)


def write(root: Path, texts: list[str]) -> None:
    """Write a workspace with one campaign of `texts`, to everybody."""
    (root / "campaigns/acme").mkdir(parents=True)
    (root / "dripper.toml").write_text(SETTINGS, encoding="utf-8")
    people = "".join(f'[[contact]]\nname = "C{n}"\nemail = "c{n}@acme.example"\n' for n in range(CONTACTS))
    (root / "campaigns/acme/account.toml").write_text(f'name = "Acme"\n{people}', encoding="utf-8")
    messages = "".join(
        f'[[message]]\nid = "n{n}"\nsubject = "S{n}"\ntext = "{text}"\ngift = "G"\n' for n, text in enumerate(texts)
    )
    head = 'every = "2 weeks"\nstart = 2026-12-01\nshifts = "From A to B"\n'
    (root / "campaigns/acme/new.toml").write_text(head + messages, encoding="utf-8")


def ours(store: Store, loaded: Loaded) -> set[str]:
    problems = lint_workspace(loaded, select=("repeat",), past=past_of(store, loaded))
    return {str(problem.message_id) for problem in problems if problem.code == "D404"}


def naive(store: Store, loaded: Loaded) -> set[str]:
    assert loaded.workspace is not None
    (campaign,) = loaded.workspace.campaigns.values()
    people = [one.key for one in loaded.workspace.recipients[campaign.id]]
    with store.read() as connection:
        mails = [message_from_bytes(sent.content, policy=default) for sent in sent_to(connection, people)]
    bodies = [str(mail.get_content()) for mail in mails]
    return {
        message.id for message in campaign.messages if any(partial_ratio(message.text, body) > 85 for body in bodies)
    }


def seconds(work: object, *arguments: object) -> float:
    assert callable(work)
    start = process_time()
    work(*arguments)
    return process_time() - start


def main() -> None:
    chance = Random(7)
    past = [sentence(chance) for _ in range(CONTACTS * EACH)]
    new = [sentence(chance) for _ in range(NEW - COPIES)] + past[:COPIES]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, new)
        store = Store.open("sqlite:///history.db", root=root)
        fill(store, past)
        loaded = load(root)
        copies = {f"n{number}" for number in range(NEW - COPIES, NEW)}
        found: dict[str, set[str]] = {}
        without = seconds(lint_workspace, loaded)
        took = seconds(lambda: found.update(ours=ours(store, loaded)))
        naively = seconds(lambda: found.update(naive=naive(store, loaded)))
        store.close()
    agree = found["ours"] == found["naive"] == copies
    report = {
        "benchmark": "history",
        "earlier_messages": len(past),
        "new_messages": len(new),
        "seconds": {"lint_without": round(without, 3), "ours": round(took, 3), "naive": round(naively, 3)},
        "times_as_quick": round(naively / took, 1),
        "bars": {"seconds": MOST_S, "times_as_quick": LEAST_TIMES},
        "ok": agree and took <= MOST_S and naively / took >= LEAST_TIMES,
    }
    print(json.dumps(report))
    sys.exit(0 if report["ok"] else 1)


if __name__ == "__main__":
    main()
