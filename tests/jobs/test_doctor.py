"""The checkup against real servers: mail behind TLS and the DNS, and everything that may be wrong with them."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme
from fakes.dkim_keys import SELECTOR, dns, ed25519_key, pem, rsa_key
from fakes.dns_server import MUTE, NameServer
from fakes.protected import RIGHT, USER, protected_sink, protected_workspace
from fakes.smtp_server import HANG, HOST, Rude, TokenSink
from fakes.workspaces import SETTINGS, edit, small_workspace, write

from dripper.drip.checkup import Check, Verdict
from dripper.jobs.doctor import doctor
from dripper.outbox.instruments import Instruments
from dripper.outbox.store import mailboxes
from dripper.outbox.transfer import Timeouts
from dripper.wiring.parts import Wiring

GOOD = {
    "north.example": ["v=spf1 mx -all"],
    "_dmarc.north.example": ["v=DMARC1; p=none"],
}
SHORT = Timeouts(connect_s=2, command_s=0.5, data_s=0.5, body_s=0.5, dot_s=0.5)
PASSWORD = '{ env = "SMTP_WORD" }'


class Visit:
    """What a checkup found, by subject and name."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = {(check.subject.partition(" ")[0], check.name): check for check in checks}
        self.problems = sorted(name for (_, name), check in self.checks.items() if check.verdict is Verdict.PROBLEM)

    def __getitem__(self, name: str) -> Check:
        (found,) = [check for (_, each), check in self.checks.items() if each == name]
        return found


def visit(
    root: Path,
    records: Mapping[str, Sequence[str] | str] = GOOD,
    *,
    password: str = RIGHT,
    free: int | None = None,
    limit_s: float = 20,
) -> Visit:
    wiring = Wiring.of(root)

    class Here(Instruments):
        def free_bytes(self) -> int:
            return super().free_bytes() if free is None else free

    with NameServer(records) as server:
        here = Here(
            root,
            {"SMTP_WORD": password},
            real_now=wiring.real_clock.now,
            dns=server.address,
            timeouts=SHORT,
        )
        checks = doctor(wiring.loaded, here, lambda: wiring.store_to_read, wiring.real_clock.now, limit_s=limit_s)
    assert all(bool(check.cure) == (check.verdict is Verdict.PROBLEM) for check in checks)
    return Visit(checks)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    root = tmp_path / "agency"
    root.mkdir()
    return root


def test_a_healthy_workspace_has_no_problem(trusted: Path) -> None:
    ends_at = datetime.now(UTC) + timedelta(days=60, hours=1)
    with protected_sink(trusted.parent, ends_at=ends_at) as (sink, _):
        found = visit(protected_workspace(trusted, sink.port, password=PASSWORD))
        taken = sink.taken

    assert found.problems == []
    assert taken == []
    assert found["host"].text == f"{HOST} is {HOST}"
    assert "STARTTLS, and the certificate holds for 60 more days" in found["protection"].text
    assert "SIZE" in found["extensions"].text
    assert "SMTPUTF8" in found["extensions"].text
    assert found["log-in"].text == f"the server takes {USER}"
    assert found["SPF"].text == "v=spf1 mx -all"
    assert found["DKIM"].verdict is Verdict.SKIPPED
    assert not (trusted / ".dripper").exists()


def test_a_certificate_that_soon_ends_is_a_problem(trusted: Path) -> None:
    ends_at = datetime.now(UTC) + timedelta(days=3, hours=1)
    with protected_sink(trusted.parent, ends_at=ends_at) as (sink, _):
        found = visit(protected_workspace(trusted, sink.port, password=PASSWORD))

    assert found.problems == ["protection"]
    assert "3 more days" in found["protection"].text


@pytest.mark.parametrize(
    ("ends_in_days", "name", "said"),
    [pytest.param(-1, HOST, "expired", id="expired"), pytest.param(60, "other.example", "mismatch", id="other name")],
)
def test_a_certificate_that_does_not_hold_is_a_problem_and_no_password_is_shown_to_it(
    trusted: Path, ends_in_days: int, name: str, said: str
) -> None:
    ends_at = datetime.now(UTC) + timedelta(days=ends_in_days)
    with protected_sink(trusted.parent, ends_at=ends_at, name=name) as (sink, _):
        found = visit(protected_workspace(trusted, sink.port, password=PASSWORD))

    assert found.problems == ["protection"]
    assert said in found["protection"].text
    assert ("mailbox", "log-in") not in found.checks


def test_a_wrong_password_is_told_and_not_shown(trusted: Path) -> None:
    with protected_sink(trusted.parent) as (sink, _):
        found = visit(protected_workspace(trusted, sink.port, password=PASSWORD), password="wr0ng")

    assert found.problems == ["log-in"]
    assert "535 5.7.8" in found["log-in"].text
    assert not any("wr0ng" in check.text + check.cure for check in found.checks.values())


@pytest.mark.parametrize(("token", "problems"), [("t0ken", []), ("ended", ["log-in"])])
def test_a_token_is_tried_as_sending_does(trusted: Path, token: str, problems: list[str]) -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    authority.cert_pem.write_to_path(trusted.parent / "authority.pem")
    write(trusted, "token", token)
    with TokenSink(USER, "t0ken", tls=context) as sink:
        protected_workspace(trusted, sink.port, password=None)
        edit(trusted, "user =", 'auth = "xoauth2", token = { command = "cat token" }, user =', "dripper.toml")
        found = visit(trusted)

    assert found.problems == problems
    assert "token" in found["log-in"].cure or not problems


def test_a_secret_that_is_nowhere_names_the_command(trusted: Path) -> None:
    with protected_sink(trusted.parent) as (sink, _):
        found = visit(protected_workspace(trusted, sink.port))

    assert found.problems == ["keyring", "log-in"]
    assert "{ env = … }" in found["keyring"].cure


def local(root: Path, port: int, mailbox: str = "", smtp: str = "") -> Path:
    small_workspace(root)
    write(
        root,
        "dripper.toml",
        SETTINGS.replace("port = 25", f"port = {port}{smtp}").replace('signature = "Dana"', mailbox),
    )
    return root


def test_nobody_listening_is_a_problem_of_the_connection(tmp_path: Path) -> None:
    with Rude() as server:
        port = server.port
    found = visit(local(tmp_path, port))

    assert found.problems == ["connection"]
    assert str(port) in found["connection"].cure


def test_a_host_without_an_address_is_a_problem(tmp_path: Path) -> None:
    small_workspace(tmp_path)
    edit(tmp_path, '"127.0.0.1", port = 25, security = "none"', '"smtp.north.example"', "dripper.toml")

    assert visit(tmp_path).problems == ["host"]


def test_a_server_that_hangs_does_not_hold_us_up(tmp_path: Path) -> None:
    with Rude({"EHLO": HANG, "HELO": HANG}) as server:
        found = visit(local(tmp_path, server.port))

    assert found.problems == ["connection"]


def test_what_outlasts_the_limit_is_told(tmp_path: Path) -> None:
    secret = '{ command = "sleep 3; echo word" }'
    with Rude() as server:
        found = visit(local(tmp_path, server.port, smtp=f', user = "d", password = {secret}'), limit_s=1)

    assert found.problems == ["time"]
    assert "not done within 1 s" in found["time"].text


@pytest.mark.parametrize(("off_s", "problems"), [(0, []), (-3600, ["clock"])])
def test_a_server_that_tells_the_time_is_compared(tmp_path: Path, off_s: int, problems: list[str]) -> None:
    told = format_datetime(datetime.now(UTC) + timedelta(seconds=off_s))
    with Rude({"CONNECT": f"220 mx.north.example ESMTP Exim 4.98 {told}"}) as server:
        found = visit(local(tmp_path, server.port))

    assert found.problems == problems


def test_what_a_server_lacks_is_told(tmp_path: Path) -> None:
    with Rude() as server:
        found = visit(local(tmp_path, server.port))

    assert "none of those looked for" in found["extensions"].text
    assert "cannot be written to" in found["extensions"].text
    assert found["clock"].verdict is Verdict.SKIPPED


def test_a_dns_that_does_not_answer_is_no_fault_of_the_domain(tmp_path: Path) -> None:
    with Rude() as server:
        found = visit(local(tmp_path, server.port), {"north.example": MUTE, "_dmarc.north.example": MUTE})

    assert found.problems == []
    assert found["SPF"].verdict is Verdict.SKIPPED
    assert "could not be asked" in found["DMARC"].text


def test_a_domain_that_says_nothing_has_two_problems(tmp_path: Path) -> None:
    with Rude() as server:
        found = visit(local(tmp_path, server.port), {})

    assert found.problems == ["DMARC", "SPF"]


@pytest.mark.parametrize(("published", "problems"), [(rsa_key, []), (ed25519_key, ["DKIM"])])
def test_the_published_key_must_be_the_one_that_signs(tmp_path: Path, published, problems) -> None:  # type: ignore[no-untyped-def]
    place = f"{SELECTOR}._domainkey.north.example"
    record = dns(published())(f"{place}.".encode())
    assert record is not None
    write(tmp_path, "key.pem", pem(rsa_key()))
    with Rude() as server:
        root = local(tmp_path, server.port, f'dkim = {{ selector = "{SELECTOR}", key = {{ file = "key.pem" }} }}')
        found = visit(root, {**GOOD, place: [record.decode()]})

    assert found.problems == problems


def test_drafts_and_rehearsals_need_no_server_and_no_dns(tmp_path: Path) -> None:
    small_workspace(tmp_path)
    edit(
        tmp_path,
        'smtp = { host = "127.0.0.1", port = 25, security = "none" }',
        'via = "drafts"\nrehearsal = true',
        "dripper.toml",
    )
    found = visit(tmp_path, {})

    assert found.problems == []
    assert {found["server"].verdict, found["sender"].verdict} == {Verdict.SKIPPED}


def test_files_that_cannot_be_read_and_a_full_disk_are_problems(tmp_path: Path) -> None:
    with Rude() as server:
        local(tmp_path, server.port)
        edit(tmp_path, "every =", "evry =")
        found = visit(tmp_path, free=1024**2)

    assert found.problems == ["disk", "files"]
    assert "insights.toml" in found["files"].text


def test_a_workspace_without_settings_has_that_one_problem(tmp_path: Path) -> None:
    write(tmp_path, "dripper.toml", "[workspace")

    assert visit(tmp_path).problems == ["files"]


def test_a_mailbox_that_was_stopped_and_a_store_of_another_version_are_told(tmp_path: Path) -> None:
    with Rude() as server:
        local(tmp_path, server.port)
        store = Wiring.of(tmp_path).store
        with store.write() as connection:
            mailboxes.stop(connection, "dana", reason="535 no")
        found = visit(tmp_path)
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE meta SET value = '999' WHERE key = 'schema'")
        newer = visit(tmp_path)
        store.close()

    assert found.problems == ["state"]
    assert "535 no" in found["state"].text
    assert newer.problems == ["schema"]
    assert "newer dripper" in newer["schema"].text
