"""`account.toml`: who they are, what was agreed, and what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Self

from dripper.workspace.model.address import EmailAddress
from dripper.workspace.model.table import Table, Value, WrongTypeError, kind_of
from dripper.workspace.model.values import Country, Money, Number, Zone


class Bucket(StrEnum):
    """What we call the relationship."""

    PARTNER = "partner"
    CLIENT = "client"


class Side(StrEnum):
    """Whose: ours or theirs."""

    US = "us"
    THEM = "them"


class Category(StrEnum):
    """The five rational reasons that an angle may rest on."""

    BUDGET = "budget"
    PERFORMANCE = "performance"
    PRIORITIES = "priorities"
    MARKET = "market"
    COMPETITION = "competition"


class Sure(StrEnum):
    """How sure a fact is."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    HEARSAY = "hearsay"


class Trait(StrEnum):
    """What a piece of evidence about the relationship is evidence of."""

    IMPORTANCE = "importance"
    LOYALTY = "loyalty"
    FAVOURS = "favours"
    COMMITMENT = "commitment"
    COLLABORATION = "collaboration"
    TRUST = "trust"
    CONFLICT = "conflict"


class Kind(StrEnum):
    """What a metric measures: a ratio, an amount that adds up over time, or a state."""

    RATE = "rate"
    SUM = "sum"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Better(Value):
    """Which way a metric should go: `higher`, `lower`, or into a band."""

    # "higher", "lower" or "band".
    way: str
    low: Number | None = None
    high: Number | None = None

    example: ClassVar[str] = '"higher"'
    json_schema: ClassVar[dict[str, Any]] = {
        "anyOf": [
            {"enum": ["higher", "lower"]},
            {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        ]
    }

    @classmethod
    def parse(cls, value: object) -> Self:
        if isinstance(value, str) and value in ("higher", "lower"):
            return cls(way=value)
        if isinstance(value, list | tuple) and len(value) == 2:
            low, high = (Number.parse(item) for item in value)
            if low >= high:
                raise ValueError(f"a band needs its lower end first: [{high}, {low}]")
            return cls(way="band", low=low, high=high)
        if isinstance(value, str | list | tuple):
            raise ValueError('expected "higher", "lower" or a band such as [10, 15]')
        raise WrongTypeError(f'expected "higher", "lower" or a band such as [10, 15], found {kind_of(value)}')


# How often a year each time comes that a contract's value may be for.
PERIODS = {"year": 1, "half-year": 2, "quarter": 4, "month": 12, "week": 52}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Table):
    """The contract as it stands."""

    value: Money
    # The time that `value` is for.
    per: str = "year"
    renews: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Table):
    """A dated step in the area where we lead."""

    what: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Table):
    """The area where we lead."""

    area: str
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Table):
    """What they want, what we want, and where the two meet."""

    theirs: str = ""
    ours: str = ""
    aligned: str = ""
    # The ids of the metrics that decide it.
    metric_ids: tuple[str, ...] = ()
    # The call where both sides agreed; without it the objective is ours alone.
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark(Table):
    """What peers reach."""

    # What each peer reaches.
    values: tuple[Number, ...]
    source: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Table):
    """A measure of success; its values stand in `metrics.csv`."""

    id: str
    name: str = ""
    unit: str = ""
    # `"higher"`, `"lower"` or a band such as `[10, 15]`.
    better: Better = field(default_factory=lambda: Better(way="higher"))
    # A ratio, an amount that adds up over time, or a state.
    kind: Kind = Kind.LEVEL
    baseline: Number | None = None
    goal: Number | None = None
    # When the goal is due.
    by: date | None = None
    # What one unit is worth for one year; of a `sum`, what one more is worth.
    worth: Money | None = None
    # True: this is where we lead.
    we_lead: bool = False
    # True: both sides agreed on it.
    agreed: bool = False
    benchmark: Benchmark | None = None

    @property
    def title(self) -> str:
        """Return the name for people: `name`, or where it is blank the id in words."""
        return self.name.strip() or self.id.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Table):
    """A person at the account."""

    name: str = ""
    first_name: str = ""
    last_name: str = ""
    email: EmailAddress | None = None
    role: str = ""
    # A contact's name, or just a name.
    boss: str | None = None
    # What their boss judges them on.
    judged_on: tuple[str, ...] = ()
    # How they like to be talked to.
    style: str = ""
    timezone: Zone | None = None
    country: Country | None = None
    region: str | None = None
    language: str | None = None
    # True: this person decides.
    decides: bool = False
    # Whether campaigns write to this person.
    drip: bool = True
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """Return the whole name; empty where none is written down."""
        return self.name or f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Table):
    """Something seen that speaks for partner or for client."""

    on: date
    of: Trait
    # Who showed it.
    side: Side
    # What it speaks for.
    says: Bucket
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(Table):
    """What `dripper review` asked about when there was nothing new; a quarter later it asks again."""

    of: Trait
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Table):
    """What an angle may rest on beside the metrics."""

    on: date
    kind: Category
    # Whose argument it is.
    for_: Side
    what: str
    # For one year.
    worth: Money | None = None
    source: str = ""
    # How sure it is.
    sure: Sure = Sure.LIKELY
    # False: it may be shown to them.
    internal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Table):
    """What we promised, and when it was kept."""

    what: str
    due: date
    kept_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Table):
    """The whole of one `account.toml`; `id` is its folder unless the file names one."""

    name: str
    # Default: the folder's name.
    id: str = ""
    # What we call the relationship.
    bucket: Bucket | None = None
    timezone: Zone | None = None
    country: Country | None = None
    region: str | None = None
    contract: Contract | None = None
    # Words and acronyms that they know.
    glossary: tuple[str, ...] = ()
    lead: Lead | None = None
    objectives: tuple[Objective, ...] = ()
    metrics: tuple[Metric, ...] = ()
    contacts: tuple[Contact, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    looked: tuple[Looked, ...] = ()
    facts: tuple[Fact, ...] = ()
    promises: tuple[Promise, ...] = ()
    file: str = ""
