"""`dripper.toml`: the workspace, its mailboxes, its calendar and its defaults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from dripper.workspace.model.address import Sender
from dripper.workspace.model.table import Table
from dripper.workspace.model.thresholds import Thresholds
from dripper.workspace.model.values import Country, Hours, Weekday, Zone

# What servers take unless told otherwise: Exim 20 in all (`smtp_accept_max`), Postfix 50 of one client
# (`smtpd_client_connection_count_limit`).
MOST_CONNECTIONS = 20


class Security(StrEnum):
    """How a connection is protected; `none` is for a loopback host only."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Auth(StrEnum):
    """How a mailbox logs in."""

    PASSWORD = "password"  # noqa: S105 - a word of the file, no secret
    XOAUTH2 = "xoauth2"


class Via(StrEnum):
    """How a mailbox sends."""

    SMTP = "smtp"
    DRAFTS = "drafts"


class Late(StrEnum):
    """What becomes of a message whose window has closed."""

    SHIFT = "shift"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret(Table):
    """Where a secret is kept; exactly one of the four. The secret itself is never in a file."""

    # A service in the system's keyring. The user's name is that of the log-in; `SELECTOR._domainkey.DOMAIN` for a DKIM
    # key, `optout` for the secret of opt-out links.
    keyring: str | None = None
    # An environment variable.
    env: str | None = None
    # A file that holds nothing else; a relative path starts at `dripper.toml`.
    file_: str | None = None
    # A command that prints it.
    command: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth(Table):
    """Where access tokens come from, by a refresh token (OAuth 2.0, RFC 6749 §6), for `auth = "xoauth2"`."""

    # The token endpoint of the provider; `https`, but for this machine itself.
    endpoint: str
    # The name by which the provider knows what you registered there.
    client_id: str
    # Where the provider gave one; in a keyring its user is the `client_id`.
    client_secret: Secret | None = None
    # A new one that the provider sends is kept in its place where that is a keyring or a file.
    refresh_token: Secret
    # Only where the provider wants it said again.
    scope: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp(Table):
    """The server that takes a mailbox's messages."""

    host: str
    port: int = 587
    # `none` is for this machine only.
    security: Security = Security.STARTTLS
    user: str | None = None
    password: Secret | None = None
    # `xoauth2` logs in with a token instead of a password, as Google and Microsoft want it.
    auth: Auth = Auth.PASSWORD
    # An OAuth 2 access token; it is asked for anew with each connection, as it soon ends: best a command.
    token: Secret | None = None
    # Or what access tokens are fetched with, and renewed in time.
    oauth: OAuth | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dkim(Table):
    """Signs what leaves the mailbox (DKIM, RFC 6376), for a server that does not; needs `dripper[dkim]`."""

    # The public key stands in the DNS under `SELECTOR._domainkey.DOMAIN`.
    selector: str
    # Default: the domain of `from`.
    domain: str | None = None
    # An RSA or Ed25519 key, PEM without a password; an Ed25519 key may also be its 32 octets in base64.
    key: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp(Table):
    """How a mailbox that is new to its receivers begins: with few messages a day, and each day with some more."""

    # Most messages in the first 24 hours, counted from the first one.
    start: int
    # So many more in each 24 hours that follow, up to `per_day`.
    add_per_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(Table):
    """How fast a mailbox may send; 0 means no limit."""

    per_day: int = 200
    per_hour: int = 40
    per_domain_per_hour: int = 20
    # Least seconds between two messages.
    gap_s: int = 20
    # Most connections at once; 0: as many as there is work for, up to 20.
    connections: int = 2
    # For a mailbox that has not sent much yet; `per_day` holds all the same.
    ramp: Ramp | None = None

    @property
    def most_connections(self) -> int:
        """Return how many connections may be open at once, where no limit is set as many as a server usually takes."""
        return self.connections or MOST_CONNECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox(Table):
    """A sender identity."""

    from_: Sender
    # Where answers go, if not to `from`.
    reply_to: Sender | None = None
    # Stands below the text.
    signature: str = ""
    # An imprint below the signature; never counted as text.
    footer: str = ""
    smtp: Smtp | None = None
    # `drafts` writes `.eml` files into the folder `drafts`, for companies that give out no SMTP password.
    via: Via = Via.SMTP
    limits: Limits = field(default_factory=Limits)
    dkim: Dkim | None = None
    # True: bounces come back to `dana+bounce-TOKEN@…`, so each is known for certain; the mailbox must take mail for
    # such addresses, and its server must let them send.
    verp: bool = False
    # True: only rehearsals (`--now`) may send through it.
    rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceTable(Table):
    """Who we are, and where a contact lives who has no zone or country."""

    name: str
    timezone: Zone
    country: Country | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreTable(Table):
    """Where deliveries are recorded; a relative SQLite path starts at the workspace."""

    url: str = "sqlite:///.dripper/dripper.db"
    # That of the user in the address of a PostgreSQL; without it PostgreSQL looks into `PGPASSWORD` and `~/.pgpass`.
    password: Secret | None = None
    # How long a claim holds without a heartbeat.
    lease_s: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Table):
    """When messages may go out; days and hours are those of the contact."""

    # On which messages go out.
    days: tuple[Weekday, ...] = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
    # The window of a day; it may cross midnight.
    hours: Hours = field(default_factory=lambda: Hours.parse("09:00-16:30"))
    # True: nothing goes out on a holiday of the contact's country and region.
    holidays: bool = True
    # Least days between two messages to one contact, over all campaigns.
    gap_days: int = 5
    # Most contacts of one account that are written to on one day.
    account_per_day: int = 5
    # What becomes of a message whose window was missed: it moves to the next one, or is dropped with a record.
    late: Late = Late.SHIFT


@dataclass(frozen=True, slots=True, kw_only=True)
class LintTable(Table):
    """What the linter allows."""

    # Most characters of a rendered text.
    chars: int = 140
    # How many messages may be marked `ask = true`: `"never"`, or such as `"1 in 8"`.
    asks: str = "never"
    # Rules to run beside those that always do, by code or name.
    select: tuple[str, ...] = ()
    # Rules not to run.
    ignore: tuple[str, ...] = ()
    # By rule: `error`, `warning` or `advice`.
    severity: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut(Table):
    """Where the opt-out page is reachable; without it only the mailbox takes the wish."""

    # `https`; each message then names `URL/o/TOKEN` for one click (RFC 8058).
    url: str | None = None
    # The key of tokens in links and in addresses of bounces. Default: `.dripper/secret`, made when it is first needed;
    # workers on several machines need the same.
    secret: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSource(Table):
    """Where metrics are that stand in no `metrics.csv`: Parquet files, or a database."""

    # Parquet files with account, metric, date and value, such as `"data/*.parquet"`; needs `dripper[duckdb]`.
    source: str | None = None
    # A database that SQLAlchemy knows, without its password, such as `"postgresql+psycopg://dana@db.north.example/sales"`.
    url: str | None = None
    password: Secret | None = None
    # What yields account, metric, date and value; it is asked for one account at a time.
    query: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Table):
    """The whole of `dripper.toml`."""

    workspace: WorkspaceTable
    # At least one.
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    store: StoreTable = field(default_factory=StoreTable)
    calendar: Calendar = field(default_factory=Calendar)
    lint: LintTable = field(default_factory=LintTable)
    optout: OptOut = field(default_factory=OptOut)
    metric_source: MetricSource | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)

    def secrets(self) -> Iterator[tuple[tuple[str, ...], Secret]]:
        """Yield every place of a secret, with the keys that lead to it."""
        for name, mailbox in self.mailboxes.items():
            smtp, table = mailbox.smtp, ("mailbox", name, "smtp")
            if smtp is not None:
                yield from _kept((*table, "password"), smtp.password)
                yield from _kept((*table, "token"), smtp.token)
            if smtp is not None and smtp.oauth is not None:
                yield from _kept((*table, "oauth", "refresh_token"), smtp.oauth.refresh_token)
                yield from _kept((*table, "oauth", "client_secret"), smtp.oauth.client_secret)
            if mailbox.dkim is not None:
                yield from _kept(("mailbox", name, "dkim", "key"), mailbox.dkim.key)
        yield from _kept(("store", "password"), self.store.password)
        yield from _kept(("optout", "secret"), self.optout.secret)
        if self.metric_source is not None:
            yield from _kept(("metrics", "password"), self.metric_source.password)


def _kept(path: tuple[str, ...], secret: Secret | None) -> Iterator[tuple[tuple[str, ...], Secret]]:
    if secret is not None:
        yield path, secret
