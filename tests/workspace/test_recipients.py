from __future__ import annotations

import pytest

from dripper.workspace.contact_list import Listed
from dripper.workspace.model.account import Account, Contact
from dripper.workspace.model.address import EmailAddress
from dripper.workspace.model.settings import WorkspaceTable
from dripper.workspace.model.values import Country, Zone
from dripper.workspace.model.workspace import Recipient
from dripper.workspace.recipients import recipients_of, split_name

HOME = WorkspaceTable(name="North", timezone=Zone("America/New_York"), country=Country("US"), region="NY")


def contact(email: str, **more: object) -> Contact:
    return Contact(email=EmailAddress(email), **more)  # type: ignore[arg-type]


def account(*contacts: Contact, identity: str = "acme", **more: object) -> Account:
    return Account(name=identity.capitalize(), id=identity, contacts=contacts, **more)  # type: ignore[arg-type]


def written_to(*accounts: Account, listed: tuple[Listed, ...] = ()) -> tuple[Recipient, ...]:
    by_id = {one.id: one for one in accounts}
    return recipients_of(by_id, by_id, listed, HOME)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        pytest.param("Ana Weber", "Ana", "Weber", id="two words"),
        pytest.param("Ana", "Ana", "", id="one word"),
        pytest.param("Ana Maria de la Cruz", "Ana", "Maria de la Cruz", id="many words"),
        pytest.param("Weber, Ana", "Ana", "Weber", id="the last name first"),
        pytest.param("Dr. Ana Weber", "Ana", "Weber", id="a title"),
        pytest.param("Prof. Dr. Ana Weber", "Ana", "Weber", id="two titles"),
        pytest.param("Frau Ana Weber", "Ana", "Weber", id="a form of address"),
        pytest.param("Drake Stone", "Drake", "Stone", id="a name that begins like a title"),
        pytest.param("Ing Li", "Ing", "Li", id="a name that is spelled like a title"),
        pytest.param("Frau Weber", "Frau Weber", "Weber", id="a form of address and a last name"),
        pytest.param("  Ana   Weber ", "Ana", "Weber", id="blanks"),
        pytest.param("李明", "李明", "", id="no blank at all"),
        pytest.param("", "", "", id="nothing"),
        pytest.param("Dr.", "Dr.", "", id="a title alone"),
    ],
)
def test_a_name_is_split(name: str, first: str, last: str) -> None:
    assert split_name(name) == (first, last)


def test_a_first_name_that_is_written_counts_before_the_split() -> None:
    (person,) = written_to(account(contact("a@b.example", name="Ming Li", first_name="Li", last_name="Ming")))

    assert (person.name, person.first_name, person.last_name) == ("Ming Li", "Li", "Ming")


def test_a_name_is_made_of_its_parts() -> None:
    (person,) = written_to(account(contact("a@b.example", first_name="Ana", last_name="Weber")))

    assert person.name == "Ana Weber"


@pytest.mark.parametrize(
    ("own", "of_account", "place"),
    [
        pytest.param({}, {}, ("America/New_York", "US", "NY"), id="the workspace's"),
        pytest.param({}, {"country": Country("DE")}, ("America/New_York", "DE", None), id="no region abroad"),
        pytest.param(
            {}, {"country": Country("DE"), "region": "BY"}, ("America/New_York", "DE", "BY"), id="the account's"
        ),
        pytest.param(
            {"country": Country("FR")},
            {"country": Country("DE"), "region": "BY"},
            ("America/New_York", "FR", None),
            id="the account's region is none of another country",
        ),
        pytest.param(
            {"region": "NJ"},
            {"country": Country("DE")},
            ("America/New_York", "DE", "NJ"),
            id="own region in the account's country",
        ),
        pytest.param(
            {"country": Country("DE")},
            {"region": "NJ"},
            ("America/New_York", "DE", None),
            id="the account's region is one of the home country",
        ),
        pytest.param(
            {"region": "BE"},
            {"country": Country("DE"), "region": "BY"},
            ("America/New_York", "DE", "BE"),
            id="own region",
        ),
        pytest.param(
            {"timezone": Zone("Asia/Tokyo")}, {"timezone": Zone("Europe/Berlin")}, ("Asia/Tokyo", "US", "NY"), id="zone"
        ),
    ],
)
def test_zone_and_country_come_from_the_nearest(
    own: dict[str, object], of_account: dict[str, object], place: tuple[str, str, str | None]
) -> None:
    (person,) = written_to(account(contact("a@b.example", **own), **of_account))

    assert (person.timezone, person.country, person.region) == place


def test_everybody_is_written_to_once_in_the_order_of_the_files() -> None:
    people = written_to(
        account(contact("b@x.example"), contact("a@x.example")),
        account(contact("B@X.example"), contact("c@x.example"), identity="beta"),
    )

    assert [(person.key, person.account) for person in people] == [
        ("b@x.example", "acme"),
        ("a@x.example", "acme"),
        ("c@x.example", "beta"),
    ]


def test_who_gets_no_drip_gets_none_through_a_list_either() -> None:
    quiet = account(contact("a@x.example", drip=False))

    assert written_to(quiet, listed=(Listed(contact=contact("A@x.example"), account=""),)) == ()


def test_who_has_no_address_is_not_written_to() -> None:
    assert written_to(account(Contact(name="Ana"))) == ()


@pytest.mark.parametrize(("group", "identity"), [("ACME", "acme"), ("Acme", "acme"), ("Globex", "Globex"), ("", "")])
def test_the_account_of_a_list_is_found_by_id_or_name_else_it_is_a_group(group: str, identity: str) -> None:
    accounts = {"acme": account(country=Country("DE"))}

    (person,) = recipients_of((), accounts, [Listed(contact=contact("a@x.example"), account=group)], HOME)

    assert person.account == identity
    assert person.country == ("DE" if identity == "acme" else "US")
