"""Which mailboxes may send for their domain, as far as the settings tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from dripper.jobs.lint_workspace import lint_workspace
from dripper.problem import Problem
from dripper.workspace.files import load

HOME = '[workspace]\nname = "North"\ntimezone = "Europe/Berlin"\n'


def told(root: Path, sender: str, host: str, user: str = "", *, extra: str = "", head: str = "") -> list[Problem]:
    login = f', user = "{user}"' if user else ""
    (root / "dripper.toml").write_text(
        f'{head}{HOME}[mailbox.dana]\nfrom = "Dana <{sender}>"\nsmtp = {{ host = "{host}"{login} }}\n{extra}',
        encoding="utf-8",
    )
    return [problem for problem in lint_workspace(load(root)) if problem.code in ("D604", "D801", "D802")]


@pytest.mark.parametrize(
    ("sender", "host", "user", "message"),
    [
        ("dana@gmail.com", "smtp.north.example", "", "smtp.north.example may not send for gmail.com"),
        ("dana@gmx.de", "smtp.gmail.com", "dana@gmail.com", "smtp.gmail.com may not send for gmx.de"),
        ("dana@outlook.com", "smtp.sendgrid.net", "apikey", "smtp.sendgrid.net may not send for outlook.com"),
        ("dana@north.example", "smtp.gmail.com", "dana@gmail.com", "a private log-in at gmail.com may not send for"),
        ("dana@north.example", "mail.south.example", "dana@south.example", "the log-in at south.example may not send"),
        ("dana@north.co.uk", "mail.south.co.uk", "dana@south.co.uk", "the log-in at south.co.uk may not send"),
    ],
)
def test_a_sender_that_does_not_fit_is_told(tmp_path: Path, sender: str, host: str, user: str, message: str) -> None:
    (problem,) = told(tmp_path, sender, host, user)

    assert message in problem.message
    assert (problem.file, problem.span.line, problem.span.column) == ("dripper.toml", 5, 9)


@pytest.mark.parametrize(
    ("sender", "host", "user"),
    [
        ("dana@north.example", "smtp.north.example", "dana@north.example"),
        ("dana@mail.north.example", "smtp.north.example", "dana@north.example"),
        ("dana@north.example", "smtp.north.example", "svc-mail@ad.corp.local"),
        ("dana@north.example", "mail.hoster.example", "dana@north.example"),
        ("dana@north.example", "mail.hoster.example", "web4711p1"),
        ("dana@north.example", "mail.hoster.example", ""),
        ("dana@north.example", "smtp.office365.com", "dana@north.onmicrosoft.com"),
        ("dana@north.example", "smtp.gmail.com", "dana@north.example"),
        ("dana@north.example", "smtp-relay.brevo.com", "owner@gmail.com"),
        ("dana@north.example", "email-smtp.eu-west-1.amazonaws.com", "AKIAEXAMPLE"),
        ("dana@north.example", "smtp.sendgrid.net", "apikey"),
        ("dana@gmail.com", "smtp.gmail.com", "dana@gmail.com"),
        ("dana@hotmail.co.uk", "smtp-mail.outlook.com", "dana@hotmail.co.uk"),
        ("dana@proton.me", "127.0.0.1", "dana@proton.me"),
        ("dana@north.co.uk", "smtp.north.co.uk", "dana@mail.north.co.uk"),
    ],
)
def test_a_sender_that_fits_is_left_alone(tmp_path: Path, sender: str, host: str, user: str) -> None:
    assert told(tmp_path, sender, host, user) == []


def test_a_mailbox_that_makes_drafts_has_no_server(tmp_path: Path) -> None:
    assert told(tmp_path, "dana@gmail.com", "smtp.north.example", extra='via = "drafts"\n') == []


def test_answers_that_go_to_a_private_mailbox_are_told(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, "dana@north.example", "smtp.north.example", extra='reply_to = "dana@web.de"\n')

    assert problem.message == "answers to north.example would go to a private mailbox at web.de"
    assert problem.span.line == 7


def test_it_can_be_allowed_for_a_reason_at_its_line(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        "dana@gmail.com",
        "smtp.north.example",
        extra='reply_to = "dana@web.de" # dripper: allow foreign-sender-domain because it is a test\n',
    )

    assert [(problem.code, problem.span.line) for problem in found] == [("D604", 5), ("D802", 7)]


def test_it_can_be_switched_off_and_weighed(tmp_path: Path) -> None:
    off, light = '[lint]\nignore = ["D604"]\n', '[lint.severity]\nD604 = "warning"\n'

    assert told(tmp_path, "dana@gmail.com", "smtp.north.example", head=off) == []
    (problem,) = told(tmp_path, "dana@gmail.com", "smtp.north.example", head=light)
    assert problem.severity == "warning"


def test_of_a_mailbox_with_a_fault_nothing_follows(tmp_path: Path) -> None:
    assert told(tmp_path, "dana@gmail.com", "smtp.north.example", extra="limits = 5\n") == []
