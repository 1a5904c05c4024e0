"""`dripper import`: the good rows of a list are taken, the bad ones told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import CAMPAIGN, small_workspace, write

# What another program may write: a mark of the byte order, semicolons, three bad rows and an address twice.
EXPORT = "\ufeffVorname;E-Mail;Firma;Notiz;;Leer\r\n" + "".join(
    f"{row}\r\n"
    for row in (
        'Ana;Ana@Acme.example;"Acme; Söhne";a,b;;',
        "Ben;ben@localhost;Acme;;;",
        "Cem;cem@acme.example;Acme;;;",
        f"Dan;{'d' * 70}@acme.example;Acme;;;",
        "Eva;ANA@acme.example;Acme;;;",
        "=cmd|'/C calc'!A0;fay@acme.example;Acme;;;",
        "Gül;gül@bücher.example;Acme;;;",
    )
)
TAKEN = """\
first_name,email,account,notiz
Ana,Ana@Acme.example,Acme; Söhne,"a,b"
Cem,cem@acme.example,Acme,
Gül,gül@bücher.example,Acme,
"""


def exported(root: Path, text: str = EXPORT) -> Path:
    write(small_workspace(root), "Export 2026.csv", text)
    return root


def test_good_rows_are_taken_and_bad_ones_told_with_line_and_cause(tmp_path: Path) -> None:
    done = dripper("import", "Export 2026.csv", cwd=exported(tmp_path))

    assert done.returncode == 1
    assert (tmp_path / "campaigns/export-2026.csv").read_text(encoding="utf-8") == TAKEN
    assert [line.partition(" ")[0] for line in done.stderr.splitlines() if "Export 2026.csv:" in line] == ["Export"] * 4
    for told in (
        "csv:3:5 D602",
        "csv:5:5 D602",
        "csv:6:1 D506 ANA@acme.example stands already in line 2",
        "csv:7:1 D515",
    ):
        assert told in done.stderr
    assert "wrote campaigns/export-2026.csv: 3 contacts, without the rows above" in done.stderr


def test_a_list_without_a_bad_row_is_taken_as_it_is_and_can_be_scheduled(tmp_path: Path) -> None:
    root = exported(tmp_path, "email,first_name\nana@acme.example,Ana\n")
    done = dripper("import", "Export 2026.csv", "--to", "acme/shops", "--json", cwd=root)
    write(root, "campaigns/acme/shops.toml", CAMPAIGN.replace("shifts", 'contacts = "shops.csv"\nshifts', 1))
    scheduled = dripper("--now", "2026-11-20", "schedule", "acme/shops", "--yes", cwd=root)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "version": 1,
        "list": "campaigns/acme/shops.csv",
        "people": 1,
        "is_whole": True,
    }
    assert "begins for 1 contact" in scheduled.stderr


def test_a_person_in_an_unknown_country_is_left_out_and_blocks_nobody(tmp_path: Path) -> None:
    people = "Name;E-Mail;Land\nAna;ana@acme.example;DE\nFay;fay@acme.example;XX\n"
    root = exported(tmp_path, people)
    done = dripper("import", "Export 2026.csv", "--to", "acme/shops", cwd=root)
    write(root, "campaigns/acme/shops.toml", CAMPAIGN.replace("shifts", 'contacts = "shops.csv"\nshifts', 1))
    planned = dripper("--now", "2026-11-20", "schedule", "acme/shops", "--yes", cwd=root)
    write(root, "campaigns/acme/shops.csv", people)
    linted = dripper("lint", "campaigns/acme", cwd=root)

    assert done.returncode == 1
    assert 'Export 2026.csv:3:22 D515 "XX" is no country' in done.stderr.replace("\n", " ")
    assert planned.returncode == 0, planned.stderr
    assert "begins for 1 contact" in planned.stderr
    assert linted.returncode == 1
    assert 'campaigns/acme/shops.csv:3:22 D515 bad-row "XX" is no country' in linted.stdout


def test_a_list_that_is_there_is_written_anew_only_when_asked(tmp_path: Path) -> None:
    root = exported(tmp_path)
    write(root, "campaigns/shops.csv", "email\n")
    refused = dripper("import", "Export 2026.csv", "--to", "shops", cwd=root)

    assert refused.returncode == 2
    assert "campaigns/shops.csv exists and was left as it is" in refused.stderr
    assert dripper("import", "Export 2026.csv", "--to", "shops", "--replace", cwd=root).returncode == 1
    assert (root / "campaigns/shops.csv").read_text(encoding="utf-8") == TAKEN


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("name\nAna\n", "1:1 D515 the first line must name the columns", id="no column of addresses"),
        pytest.param("email\nana\n", '2:1 D602 "ana" is no e-mail address', id="no good row"),
        pytest.param("", "1:1 D515 the first line must name the columns", id="nothing"),
    ],
)
def test_where_no_row_can_be_used_nothing_is_written(tmp_path: Path, text: str, told: str) -> None:
    done = dripper("import", "Export 2026.csv", cwd=exported(tmp_path, text))

    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert not (tmp_path / "campaigns/export-2026.csv").exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = dripper("import", "nowhere.csv", cwd=small_workspace(tmp_path))

    assert done.returncode == 2
    assert "there is no such file" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["../shops", "/shops", "Acme", "a//b"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    done = dripper("import", "Export 2026.csv", f"--to={name}", cwd=exported(tmp_path))

    assert done.returncode == 2
    assert "is no name for a list" in done.stderr
