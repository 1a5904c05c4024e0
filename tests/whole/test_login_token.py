"""`dripper login` and `doctor` of a mailbox that logs in by a refresh token, with a real endpoint and server."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import trustme
from fakes.command import dripper
from fakes.keyrings import environment
from fakes.smtp_server import HOST, TokenSink
from fakes.token_server import TokenServer, granted
from fakes.workspaces import SETTINGS, small_workspace, write

USER, REFRESH = "dana@north.example", "1//refresh-me"
SECRETS = (REFRESH, "the-next", "cl13nt s3cret", "acc3ss-token")
REVOKED = (400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."})


class Desk:
    """A workspace, its mail server, its token endpoint, and a keyring that holds the client's secret."""

    def __init__(self, root: Path, sink: TokenSink, endpoint: TokenServer, authority: Path) -> None:
        self.root, self.sink, self.endpoint = root, sink, endpoint
        self.kept = root.parent / "kept.json"
        self.kept.write_text(json.dumps({"dripper desk": "cl13nt s3cret"}))
        self._environment = {**environment(self.kept), "SSL_CERT_FILE": str(authority)}
        keys = f'endpoint = "{endpoint.url}", client_id = "desk", client_secret = {{ keyring = "dripper" }}'
        place = f'oauth = {{ {keys}, refresh_token = {{ keyring = "dripper" }} }}'
        smtp = f'smtp = {{ host = "{HOST}", port = {sink.port}, user = "{USER}", auth = "xoauth2", {place} }}'
        small_workspace(root)
        write(root, "dripper.toml", SETTINGS.replace(SETTINGS.strip().splitlines()[-1], smtp))

    def run(self, *words: str, typed: str = "") -> CompletedProcess[str]:
        """Run a command; no secret is ever shown, nor written into the workspace."""
        done = dripper(*words, cwd=self.root, typed=typed, extra=self._environment)
        below = b"".join(file.read_bytes() for file in self.root.rglob("*") if file.is_file())
        assert not [one for one in SECRETS if one in done.stdout + done.stderr or one.encode() in below]
        assert "Traceback" not in done.stderr
        return done

    @property
    def refresh_token(self) -> str | None:
        found: str | None = json.loads(self.kept.read_text()).get(f"dripper {USER}")
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = tmp_path / "agency"
    root.mkdir()
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    with TokenSink(USER, "acc3ss-token", tls=context) as sink, TokenServer(granted("acc3ss-token")) as endpoint:
        yield Desk(root, sink, endpoint, tmp_path / "authority.pem")


def test_a_refresh_token_that_works_is_kept_in_the_keyring_and_nowhere_else(desk: Desk) -> None:
    done = desk.run("login", "dana", "--stdin", typed=f"{REFRESH}\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"{HOST} takes it. It is kept in the file keyring, under dripper, for {USER}." in done.stdout
    assert desk.refresh_token == REFRESH
    assert desk.endpoint.asked[0]["client_secret"] == "cl13nt s3cret"


def test_one_that_the_provider_renewed_at_once_is_kept_renewed(desk: Desk) -> None:
    desk.endpoint.then(granted("acc3ss-token", refresh_token="the-next"))
    assert desk.run("login", "dana", "--stdin", typed=f"{REFRESH}\n").returncode == 0

    assert desk.refresh_token == "the-next"


def test_one_that_was_revoked_is_told_with_the_cure_and_not_kept(desk: Desk) -> None:
    desk.endpoint.then(REVOKED)
    done = desk.run("login", "dana", "--stdin", typed=f"{REFRESH}\n")

    assert done.returncode == 2
    assert f"mailbox dana: {HOST} gives no token: invalid_grant: Token has been expired" in done.stderr
    assert "get a new refresh token" in done.stderr
    assert desk.refresh_token is None


def test_a_token_that_the_mail_server_refuses_is_not_kept(desk: Desk) -> None:
    desk.endpoint.then(granted("another"))
    done = desk.run("login", "dana", "--stdin", typed=f"{REFRESH}\n")

    assert done.returncode == 2
    assert "535" in done.stderr
    assert "Log in anew at the provider" in done.stderr
    assert desk.refresh_token is None


def test_doctor_logs_in_and_tells_what_the_endpoint_says(desk: Desk) -> None:
    without = desk.run("doctor", "--dns", f"{HOST}:1").stdout
    desk.run("login", "dana", "--stdin", typed=f"{REFRESH}\n")
    good = desk.run("doctor", "--dns", f"{HOST}:1").stdout
    desk.endpoint.then(REVOKED)
    bad = desk.run("doctor", "--dns", f"{HOST}:1").stdout

    assert "the keyring knows no refresh token" in without
    assert "`dripper login dana`" in without
    assert f"the server takes {USER}" in good
    assert "invalid_grant" in bad
    assert "get a new refresh token" in bad


def test_a_new_refresh_token_takes_the_place_of_the_old_one_in_the_keyring(desk: Desk) -> None:
    desk.run("login", "dana", "--stdin", typed=f"{REFRESH}\n")
    desk.endpoint.then(granted("acc3ss-token", refresh_token="the-next"))
    desk.run("doctor", "--dns", f"{HOST}:1")

    assert desk.refresh_token == "the-next"


def test_what_is_due_is_sent_with_a_token_and_a_revoked_one_stops_the_mailbox_with_the_cure(desk: Desk) -> None:
    settings = (desk.root / "dripper.toml").read_text()
    write(desk.root, "dripper.toml", settings.replace("smtp = ", "rehearsal = true\nlimits = { gap_s = 0 }\nsmtp = "))
    desk.run("login", "dana", "--stdin", typed=f"{REFRESH}\n")
    desk.run("--now", "2026-11-20", "schedule", "--yes")
    sent = desk.run("--now", "2026-12-01T09:30+01:00", "send")
    desk.endpoint.then(REVOKED)
    refused = desk.run("--now", "2026-12-15T09:30+01:00", "send")
    status = desk.run("--now", "2026-12-15T09:31+01:00", "status").stdout

    assert "2 sent." in sent.stdout
    assert len(desk.sink.taken) == 2
    assert refused.returncode == 1
    assert "Mailbox dana is stopped" in status
    assert "get a new refresh token from the provider" in " ".join(status.split())
