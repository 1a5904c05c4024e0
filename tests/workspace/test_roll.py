from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from fakes.workspaces import CAMPAIGN, SETTINGS, write
from hypothesis import given
from hypothesis import strategies as st

from dripper.workspace.contact_list import listed_of, read_contact_list
from dripper.workspace.files import load
from dripper.workspace.model.account import Account
from dripper.workspace.model.settings import WorkspaceTable
from dripper.workspace.model.values import Country, Zone
from dripper.workspace.people import People
from dripper.workspace.recipients import Settling, of_list
from dripper.workspace.roll import Roll, roll_of
from dripper.workspace.sources import LEAST_BYTES

PEOPLE = "E-Mail;Name;Firma;Zeitzone;Shop-URL\nana@acme.example;Ana Weber;Acme;Europe/Berlin;a.example\n"
LISTED = CAMPAIGN.replace("shifts", 'contacts = "list.csv"\nshifts', 1)


def roll(text: str, folder: Path | None = None, *, state: object = 1) -> Roll:
    return roll_of(lambda: StringIO(text, newline=""), file="list.csv", state=state, folder=folder)


def long_list(*rows: str) -> str:
    """Return a list of the least size that is kept in a roll; its first people are those of `rows`."""
    lines = ["email,first_name,company,timezone", *rows]
    size = sum(map(len, lines))
    while size < LEAST_BYTES:
        lines.append(
            f"somebody.with.a.long.name.{len(lines)}@shop{len(lines) // 4}.example,Ana,Shop {len(lines) // 4},"
        )
        size += len(lines[-1])
    return "\n".join(lines) + "\n"


def workspace(root: Path, *rows: str) -> Path:
    write(root, "dripper.toml", SETTINGS)
    write(root, "campaigns/shops.toml", LISTED)
    write(root, "campaigns/list.csv", long_list(*rows))
    return root


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PEOPLE + "ben@acme.example;;;;\n", id="empty cells"),
        pytest.param(PEOPLE + "bad;;;;\nben@acme.example;Ben;;Mars/Base;\n", id="bad rows"),
        pytest.param(PEOPLE + "ben@acme.example;Ben\n", id="a short row"),
        pytest.param("name\nAna\n", id="no addresses"),
        pytest.param("", id="nothing"),
    ],
)
def test_it_says_what_the_list_says(text: str) -> None:
    listed, problems = read_contact_list(text, file="list.csv")
    found = roll(text)

    assert tuple(found) == listed
    assert found.count == len(listed)
    assert found.problems == problems


def test_one_is_found_by_the_key() -> None:
    found = roll(PEOPLE + "Jörg@BÜCHER.example;Jörg;;;\n")

    assert found.find("jörg@xn--bcher-kva.example") == ["Jörg@BÜCHER.example", "Jörg", "", "", ""]
    assert found.find("nobody@acme.example") is None


def test_an_address_twice_is_told_and_the_first_stays() -> None:
    found = roll("email,name\na@b.example,First\nc@d.example,\nA@B.example,Second\n")

    assert [one.contact.name for one in found] == ["First", ""]
    assert [str(problem) for problem in found.problems] == ["list.csv:4:1 D506 A@B.example stands already in line 2"]


def test_it_is_read_once_and_anew_when_the_list_changes(tmp_path: Path) -> None:
    first = roll(PEOPLE, tmp_path / "lists", state=1)
    again = roll("never looked at", tmp_path / "lists", state=1)
    changed = roll(PEOPLE + "ben@acme.example;Ben;;;\n", tmp_path / "lists", state=2)

    assert (first.count, again.count, changed.count) == (1, 1, 2)
    assert first.version == again.version != changed.version
    assert len(list((tmp_path / "lists").glob("*.db"))) == 1
    # Who had the old one open goes on with it.
    assert first.find("ana@acme.example") is not None


def test_it_is_for_its_owner_alone_and_not_for_git(tmp_path: Path) -> None:
    roll(PEOPLE, tmp_path / "lists")
    (file,) = (tmp_path / "lists").glob("*.db")

    assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "lists/.gitignore").read_text() == "*\n"


def test_where_nothing_can_be_written_it_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("a file, no folder")

    assert roll(PEOPLE, tmp_path / "lists").count == 1


def test_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    roll(PEOPLE, tmp_path)
    (file,) = tmp_path.glob("*.db")
    file.write_bytes(b"no database")

    assert roll(PEOPLE, tmp_path).find("ana@acme.example") is not None


def test_a_long_list_is_not_held_in_memory_and_gives_the_same_people(tmp_path: Path) -> None:
    loaded = load(workspace(tmp_path, "Ana@Acme.example,Ana,Acme,Asia/Tokyo"))
    assert loaded.workspace is not None
    people = loaded.workspace.recipients["shops"]

    assert isinstance(people, People)
    assert len(people) == sum(1 for _ in people) > 10_000
    assert (people[0].key, people[0].timezone, people[1].timezone) == (
        "ana@acme.example",
        "Asia/Tokyo",
        "Europe/Berlin",
    )
    assert people.get("ana@acme.example") == people[0]
    assert people[-1] == people[len(people) - 1] != people[0]
    assert [one.key for one in people[:2]] == [people[0].key, people[1].key]


def test_who_stands_in_an_account_file_too_is_one_person_and_who_wants_no_drip_is_none(tmp_path: Path) -> None:
    root = workspace(tmp_path, "ana@acme.example,Anna,Acme,", "ben@acme.example,Ben,Acme,")
    cards = '[[contact]]\nname = "Ana Weber"\nemail = "ana@acme.example"\n'
    silent = '[[contact]]\nname = "Ben Maier"\nemail = "ben@acme.example"\ndrip = false\n'
    write(root, "campaigns/acme/account.toml", f'name = "Acme"\n{cards}{silent}')
    write(root, "campaigns/shops.toml", LISTED.replace("contacts =", 'accounts = ["acme"]\ncontacts ='))
    loaded = load(root)
    assert loaded.workspace is not None
    people = loaded.workspace.recipients["shops"]

    assert [one.name for one in people if one.key == "ana@acme.example"] == ["Ana Weber"]
    assert isinstance(people, People)
    assert people.get("ben@acme.example") is None
    assert len(people) == sum(1 for _ in people)


def test_bad_rows_of_a_long_list_are_told_and_the_rest_of_them_counted(tmp_path: Path) -> None:
    loaded = load(workspace(tmp_path, *(f"nobody{number},Ana,," for number in range(150))))

    assert len(loaded.problems) == 101
    assert str(loaded.problems[0]).startswith("campaigns/list.csv:2:1 D602")
    assert "50 more rows cannot be used" in loaded.problems[-1].message
    assert loaded.awaited["shops"] == ("campaigns/list.csv",)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "Ana", "Dr. Ana Weber", "Weber, Ana", "Frau Weber"]),
            st.sampled_from(["", "Eva"]),
            st.sampled_from(["", "Acme", "ACME RETAIL", "Globex"]),
            st.sampled_from(["", "Asia/Tokyo"]),
            st.sampled_from(["", "de", "US"]),
            st.sampled_from(["", "BY", "CA"]),
            st.sampled_from(["", "a.example"]),
        ),
        max_size=6,
    ),
    st.permutations(["email", "name", "first_name", "account", "timezone", "country", "region", "shop"]),
)
def test_a_row_makes_the_same_recipient_on_either_way(rows: list[tuple[str, ...]], columns: list[str]) -> None:
    names = ("name", "first_name", "account", "timezone", "country", "region", "shop")
    cells = [dict(zip(names, row, strict=True)) | {"email": f"P{n}@B.example"} for n, row in enumerate(rows)]
    account = Account(name="Acme Retail", id="acme", timezone=Zone("Europe/Paris"), country=Country("FR"))
    accounts, home = {"acme": account}, WorkspaceTable(name="North", timezone=Zone("Europe/Berlin"), region="BE")
    listed = [listed_of(each) for each in cells]

    settled = Settling(columns, accounts, home)([[each[column] for column in columns] for each in cells])
    assert list(settled) == list(of_list(listed, accounts, home))
