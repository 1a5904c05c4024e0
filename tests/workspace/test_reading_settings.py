from __future__ import annotations

import pytest

from dripper.workspace.model.settings import Settings
from dripper.workspace.settings import masked, read_settings
from dripper.workspace.toml import Document

WORKSPACE = '[workspace]\nname = "North"\ntimezone = "Europe/Berlin"\n'
SMTP = 'smtp = { host = "smtp.north.example", user = "d", password = { keyring = "dripper" } }\n'
MAILBOX = '[mailbox.dana]\nfrom = "Dana <dana@north.example>"\n'
# Seven lines; what a test adds stands in line 8.
WHOLE = WORKSPACE + MAILBOX + SMTP + "\n"


def read(text: str) -> tuple[Settings | None, list[str]]:
    document = Document.parse("dripper.toml", text)
    assert isinstance(document, Document)
    found = read_settings(document)
    return found.value, [
        f"{problem.span.line}:{problem.span.column} {problem.code} {problem.message} -> {problem.cure}"
        for problem in found.problems
    ]


def test_the_defaults_stand_where_nothing_is_said() -> None:
    settings, problems = read(WHOLE)

    assert problems == []
    assert settings is not None
    assert settings.calendar.gap_days == 5
    assert settings.store.url == "sqlite:///.dripper/dripper.db"
    assert settings.mailboxes["dana"].from_.address == "dana@north.example"


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        pytest.param(
            '[calender]\ndays = ["mon"]', '8:2 D502 unknown key "calender" -> did you mean "calendar"?', id="t"
        ),
        pytest.param('[calendar]\nhours = "9-17"', '9:9 D513 "hours": "9" is no time of day', id="hours"),
        pytest.param(
            '[calendar]\nhours = "09:00-09:00"', '9:9 D513 "hours": "09:00-09:00" is an empty window', id="no"
        ),
        pytest.param("[calendar]\ndays = []", "9:8 D513 without a day nothing can ever go out", id="no day"),
        pytest.param(
            '[lint]\nasks = "1 in 0"', '9:8 D513 "asks" cannot be "1 in 0" -> write asks = "never"', id="asks"
        ),
        pytest.param("[lint]\nasks = 1", '9:8 D503 "asks" needs text, found a number', id="asks as a number"),
        pytest.param("[lint]\nchars = 0", '9:9 D513 "chars" cannot be 0', id="chars"),
        pytest.param(
            '[lint.severity]\nD101 = "warn"', '9:8 D513 "warn" is no severity -> did you mean "warning"?', id="severity"
        ),
        pytest.param('[store]\nurl = "mysql://x"', '9:7 D513 "mysql://x" is no store', id="another database"),
        *(
            pytest.param(f'[store]\nurl = "{url}"', '9:7 D509 "url" carries a password', id=url)
            for url in (
                "postgresql://dana:hunter2@host/db",
                "mysql://da/na:hunter2@host/db",
                "postgresql://dana:hun?ter2@host/db",
                "postgresql://host/db?user=dana&password=hunter2",
            )
        ),
        pytest.param("[store]\npassword = {}", "9:12 D513 a password has exactly one place, found none", id="nowhere"),
        pytest.param("[store]\nlease_s = 1", "9:11 D513 a claim that holds less than 10 seconds", id="lease"),
        pytest.param('[optout]\nurl = "ftp://x"', '9:7 D513 "ftp://x" is no address of a page', id="opt-out"),
        pytest.param(
            '[optout]\nurl = "http://drip.north.example"',
            '9:7 D513 "http://drip.north.example" is not where one',
            id="http",
        ),
        pytest.param(
            '[optout]\nurl = "https://drip.north.example/?a=b"',
            '9:7 D513 "https://drip.north.example/?a=b" is no',
            id="query",
        ),
        pytest.param(
            "[optout]\nsecret = {}", "9:10 D513 a secret has exactly one place, found none", id="secret nowhere"
        ),
        pytest.param('[optout]\nsecret = "abc"', "9:10 D509", id="a secret in the file"),
        pytest.param(
            '[mailbox.dana.dkim]\nselector = "s"\nkey = { env = "A", file = "b" }',
            "10:7 D513 a key has exactly one place, found env and file",
            id="a key in two places",
        ),
        pytest.param('[mailbox.dana.dkim]\nselector = "s"\nkey = "MII"', "10:7 D509", id="a key in the file"),
        pytest.param(
            '[mailbox.dana.dkim]\nselector = "a b"\nkey = { env = "A" }',
            '9:12 D513 "a b" is no name for the DNS',
            id="s",
        ),
        pytest.param(
            '[mailbox.dana.dkim]\nselector = "a"\ndomain = "x@y"\nkey = { env = "A" }',
            '10:10 D513 "x@y" is no name',
            id="d",
        ),
        pytest.param(
            '[mailbox.jo]\nfrom = "j@n.example"\nvia = "drafts"\ndkim = { selector = "a", key = { env = "A" } }',
            "11:8 D513 a draft is signed by whoever sends it",
            id="a signed draft",
        ),
        pytest.param(
            f'[mailbox.jo]\nfrom = "{"j" * 33}@n.example"\nvia = "drafts"\nverp = true',
            f'11:8 D513 "{"j" * 33}" has no room for the token of a bounce',
            id="no room for a token",
        ),
        pytest.param('timezone = "UTC"', '8:1 D502 unknown key "timezone" in [mailbox.dana]', id="the wrong table"),
        pytest.param(
            "[mailbox.dana.limits]\nramp = { start = 0, add_per_day = 5 }", '9:18 D513 "start" cannot be 0', id="ramp"
        ),
        pytest.param(
            "[mailbox.dana.limits]\nconnections = -1", '9:15 D513 "connections" cannot be less than 0', id="connections"
        ),
        pytest.param("[mailbox.dana.limits]\nper_day = -5", '9:11 D513 "per_day" cannot be less than 0', id="limit"),
        pytest.param(
            '[mailbox.jo]\nfrom = "Jo <jo@>"\nvia = "drafts"', '9:8 D602 "from": "jo@" is no e-mail address', id="from"
        ),
        pytest.param(
            '[mailbox.jo]\nfrom = "Jo\\r\\nBcc: x <jo@north.example>"\nvia = "drafts"',
            "9:11 D601 a line break here would break the message's header",
            id="a header in the name",
        ),
        pytest.param('[mailbox.jo]\nfrom = "j@n.example"', '8:1 D514 the mailbox "jo" has no "smtp"', id="no server"),
        pytest.param("[[mailbox]]", "8:11 D501 this is no TOML", id="a list of mailboxes"),
    ],
)
def test_a_faulty_setting_is_told(added: str, problem: str) -> None:
    document = Document.parse("dripper.toml", WHOLE + added)
    problems = (
        read(WHOLE + added)[1] if isinstance(document, Document) else [f"8:11 {document.code} {document.message}"]
    )

    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


OAUTH = 'oauth = { endpoint = "https://l.example/t", client_id = "c", refresh_token = { env = "R" } }'


@pytest.mark.parametrize(
    ("smtp", "problem"),
    [
        pytest.param('host = "h.example", security = "none"', '6:41 D513 "none" would send password and text', id="n"),
        pytest.param('host = "127.0.0.1.evil.example", security = "none"', "6:54 D513", id="looks like loopback"),
        pytest.param('host = "h.example", security = "ssl"', '6:41 D513 "security" cannot be "ssl"', id="ssl"),
        pytest.param('host = "smtp://h.example"', '6:17 D513 "smtp://h.example" is no host name', id="a URL"),
        pytest.param('host = "h.example", port = 70000', "6:37 D513 there is no port 70000", id="port"),
        pytest.param(
            'host = "h.example", port = "587"', '6:37 D503 "port" needs a whole number, found text', id="quotes"
        ),
        pytest.param("port = 587", '6:8 D514 "host" is missing in "smtp" -> add host = "…"', id="no host"),
        pytest.param(
            'host = "h", user = "u", password = {}', "6:45 D513 a password has exactly one place, found none", id="0"
        ),
        pytest.param(
            'host = "h", user = "u", password = { env = "A", command = "b" }',
            "6:45 D513 a password has exactly one place, found env and command",
            id="two places",
        ),
        pytest.param(
            'host = "h", password = { env = "A" }', '6:8 D514 there is a "password" but no "user"', id="no user"
        ),
        pytest.param(
            'host = "h", user = "u", auth = "xoauth2"',
            '6:8 D514 "xoauth2" needs a "token" -> write user',
            id="no token",
        ),
        pytest.param(
            'host = "h", auth = "xoauth2", token = { env = "A" }', '6:8 D514 "xoauth2" needs a "user"', id="whose token"
        ),
        pytest.param(
            'host = "h", user = "u", token = { env = "A" }',
            '6:42 D513 a "token" is for auth = "xoauth2" -> add auth = "xoauth2"',
            id="a token for nothing",
        ),
        pytest.param(
            'host = "h", user = "u", auth = "xoauth2", token = { env = "A" }, password = { env = "B" }',
            '6:86 D513 "xoauth2" takes a token, no password',
            id="both",
        ),
        pytest.param(
            'host = "h", user = "u", auth = "xoauth2", token = { env = "A", file = "b" }',
            "6:60 D513 a token has exactly one place, found env and file",
            id="a token of two places",
        ),
        pytest.param('host = "h", auth = "oauth"', "6:", id="no such way to log in"),
        pytest.param(
            f'host = "h", user = "u", {OAUTH}', '6:42 D513 "oauth" is for auth = "xoauth2"', id="oauth for nothing"
        ),
        pytest.param(
            f'host = "h", user = "u", auth = "xoauth2", token = {{ env = "A" }}, {OAUTH}',
            '6:60 D513 a token comes from "token" or from "oauth"',
            id="two tokens",
        ),
        pytest.param(
            'host = "h", user = "u", auth = "xoauth2", '
            'oauth = { endpoint = "https://l.example/t", client_id = "c", refresh_token = {} }',
            "6:129 D513 a refresh_token has exactly one place, found none",
            id="a refresh token nowhere",
        ),
        *(
            pytest.param(
                f'host = "h", user = "u", auth = "xoauth2", {OAUTH.replace("https://l.example/t", url)}',
                "6:73 D513 a token endpoint is https://… without a name",
                id=url,
            )
            for url in (
                "http://l.example/t",
                "https://user:pw@l.example/t",
                "https://l.example/t#a",
                "l.example/t",
                "http://127.0.0.1.l.example/t",
                "https://l.example /t",
            )
        ),
    ],
)
def test_a_faulty_server_is_told(smtp: str, problem: str) -> None:
    _, problems = read(f"{WORKSPACE}{MAILBOX}smtp = {{ {smtp} }}\n")

    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


@pytest.mark.parametrize("host", ["localhost", "mail.localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]"])
def test_a_loopback_host_needs_no_encryption(host: str) -> None:
    _, problems = read(f'{WORKSPACE}{MAILBOX}smtp = {{ host = "{host}", security = "none" }}\n')

    assert problems == []


@pytest.mark.parametrize(
    "smtp",
    [
        pytest.param('host = "h", user = "u", password = "hunter2"', id="text"),
        pytest.param('host = "h", user = "u", password = ["hunter2"]', id="a list"),
        pytest.param('host = "h", user = "u", password = { keyring = ["hunter2"] }', id="a list inside"),
        pytest.param('host = "h", user = "u", pasword = "hunter2"', id="a misspelled key"),
        pytest.param('host = "h", user = "u", auth = "xoauth2", token = "hunter2"', id="a token in the file"),
        pytest.param('host = "h", user = "u", password = { value = "hunter2" }', id="a place that is none"),
        pytest.param('host = "h", user = "u", password = { env = "hunter2", file = "hunter2" }', id="two places"),
    ],
)
def test_a_secret_is_never_printed(smtp: str) -> None:
    _, problems = read(f"{WORKSPACE}{MAILBOX}smtp = {{ {smtp} }}\n")

    assert problems
    assert "hunter2" not in "".join(problems)


def test_a_secret_in_the_file_is_told_with_the_places_that_may_keep_it() -> None:
    _, problems = read(f'{WORKSPACE}{MAILBOX}smtp = {{ host = "h", user = "u", password = 12345678 }}\n')

    assert problems[0].startswith(
        '6:45 D509 "password" stands in the file itself, where no secret may be -> name the place'
    )
    assert "12345678" not in problems[0]


def test_a_password_in_the_store_address_is_told_and_not_printed() -> None:
    _, problems = read(WHOLE + '[store]\nurl = "postgresql+psycopg://dana:hunter2@db.example/x"')

    assert problems[0].startswith('9:7 D509 "url" carries a password')
    assert "hunter2" not in problems[0]


@pytest.mark.parametrize("rest", ["", "[mailbox]"])
def test_a_workspace_without_mailbox_is_told(rest: str) -> None:
    _, problems = read(WORKSPACE + rest)

    assert len(problems) == 1
    assert "D514 there is no mailbox -> add [mailbox.NAME] with from and smtp" in problems[0]


def test_a_mailbox_needs_a_name() -> None:
    _, problems = read(f'{WORKSPACE}[mailbox]\nfrom = "Dana <dana@north.example>"\n')

    assert problems == ['5:8 D503 "from" needs a table, found text -> write [mailbox.NAME]']


def test_a_file_may_keep_the_password() -> None:
    _, problems = read(f'{WORKSPACE}{MAILBOX}smtp = {{ host = "h", user = "u", password = {{ file = "pw" }} }}\n')

    assert problems == []


def test_a_secret_that_slipped_into_another_table_is_not_told() -> None:
    _, problems = read(f'{WORKSPACE}{MAILBOX}[lint.severity]\npassword = "hunter2"\n')

    assert problems[-1].startswith("7:12 D513 that is no severity")
    assert "hunter2" not in "".join(problems)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        pytest.param('name = "North"', 'name = "North"', id="nothing to hide"),
        pytest.param('user = "d", password = "hunter2"', 'user = "•", password = "•••••••"', id="a password"),
        pytest.param('hard-words = "warn"', 'hard-words = "warn"', id="a rule that sounds like one"),
        pytest.param('"D104" = "error" # wordy-phrase', '"D104" = "error" # wordy-phrase', id="a rule in a remark"),
        pytest.param(
            'hard-words = "warn", password = "hunter2"', 'hard-words = "••••", password = "•••••••"', id="beside a rule"
        ),
        pytest.param('pass-word = "hunter2"', 'pass-word = "•••••••"', id="one with a hyphen"),
        pytest.param('dkim = { key = "MIIEv" }', 'dkim = { key = "•••••" }', id="a key"),
        pytest.param("pasword = 'hunter2'", "pasword = '•••••••'", id="a misspelled one"),
        pytest.param('password = "hun\\"ter2" # x', 'password = "•••••••••" # x', id="a quote inside"),
        pytest.param('password = "hunter2', 'password = "•••••••', id="never closed"),
        pytest.param(
            'url = "postgresql://dana:hunter2@db/x"', 'url = "••••••••••••••••••••••••••••••"', id="an address"
        ),
    ],
)
def test_a_line_is_shown_without_its_secrets(line: str, shown: str) -> None:
    assert masked(line) == shown


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ('country = "XX"', '4:11 D513 "country": "XX" is no country of ISO 3166-1'),
        ('country = "US"\nregion = "BY"', "5:10 D513 the holidays of US-BY are not known -> "),
    ],
)
def test_a_home_without_known_holidays_is_told(added: str, problem: str) -> None:
    _, problems = read(f"{WORKSPACE}{added}\n{MAILBOX}{SMTP}")

    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)
