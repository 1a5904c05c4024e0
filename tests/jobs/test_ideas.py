"""Every draft of `ideas` passes the linter where it would stand, whatever the account is like."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random

from fakes.accounts import RETURNS, month_ends
from fakes.workspaces import SETTINGS
from hypothesis import given, settings
from hypothesis import strategies as st

from dripper.jobs.ideas import ideas
from dripper.jobs.lint_workspace import lint_workspace
from dripper.lint.past import Delivered, Past
from dripper.pages.ideas import Ideas, ideas_text
from dripper.text.words import graphemes
from dripper.workspace.files import Loaded, load_folder
from dripper.workspace.folder import Folder

REPOSITORY = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
HEAD = 'shifts = "From buyer to analyst"\nevery = "2 weeks"\nstart = 2026-12-01\n'
METRIC = """
[[metric]]
id = "returns_rate"
name = "Returns rate"
unit = "%"
better = "lower"
baseline = 31.2
agreed = true
benchmark = { values = [22.8, 24.9, 26.3, 27.5, 29.4], source = "Panel 2026" }
"""
PEOPLE = '\n[[contact]]\nname = "Ana Weber"\nemail = "ana@acme.example"\n'


def nothing_sent(_loaded: Loaded) -> Past:
    return Past(())


def files(account: str, *rows: str, **more: str) -> dict[str, str]:
    """Return the texts of a workspace with one account, by the names of its files."""
    return {
        "dripper.toml": SETTINGS,
        "campaigns/acme/account.toml": account,
        "campaigns/acme/metrics.csv": "\n".join(("metric,date,value", *rows, "")),
        **{f"campaigns/acme/{name}.toml": text for name, text in more.items()},
    }


def rows(metric: str, values: Iterable[object]) -> list[str]:
    numbers = list(values)
    return [f"{metric},{on},{value}" for on, value in zip(month_ends(len(numbers)), numbers, strict=True)]


def found_in(root: Path, texts: dict[str, str], past: Past | None = None) -> Ideas:
    folder = Folder(root, texts)
    loaded = load_folder(folder)
    assert loaded.workspace is not None
    return ideas(folder, loaded, loaded.workspace, "acme", today=TODAY, past_of=lambda _: past or Past(()))


def problems_of(root: Path, texts: dict[str, str], found: Ideas) -> list[str]:
    """Return what the linter finds once the drafts stand in a campaign of the account."""
    loaded = load_folder(Folder(root, {**texts, "campaigns/acme/fresh.toml": HEAD + ideas_text(found)}))
    assert loaded.workspace is not None
    assert not found.drafts or "acme/fresh" in loaded.workspace.campaigns
    return [str(each) for each in lint_workspace(loaded) if each.file.endswith("fresh.toml") and each.message_id]


def test_the_drafts_of_every_sample_account_pass_the_linter() -> None:
    folder = Folder(REPOSITORY)
    loaded = load_folder(folder)
    assert loaded.workspace is not None
    for account in loaded.workspace.accounts:
        folder = Folder(REPOSITORY)
        found = ideas(folder, loaded, loaded.workspace, account, today=TODAY, past_of=nothing_sent)
        file = f"campaigns/{account}/fresh.toml"
        with_them = load_folder(Folder(REPOSITORY, {file: HEAD + ideas_text(found)})) if found.drafts else loaded
        assert [str(each) for each in lint_workspace(with_them) if each.file == file] == []


name = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)
plain = st.sampled_from(["Returns rate", "Orders a month", "Please call us", "NPS", "Cart #1", "acme.com visits", "Q?"])
shape = st.sampled_from(["step", "rise", "fall", "season", "noise", "flat"])


def level(kind: str, at: int, count: int) -> float:
    """Return the height of a series of one of the shapes, without its noise."""
    heights = {
        "step": 30.0 if at < count / 2 else 24.0,
        "rise": 20 + at / 3,
        "fall": 40 - at / 3,
        "season": 30.0 + 10 * (at % 12 in (4, 5, 6, 7)),
    }
    return heights.get(kind, 30.0)


@st.composite
def accounts(draw: st.DrawFn) -> dict[str, str]:
    """Draw a workspace whose account has metrics of every kind, well named or not."""
    tables, lines = [], []
    for number in range(draw(st.integers(1, 3))):
        random = Random(draw(st.integers(0, 10_000)))
        kind, count, noise = draw(shape), draw(st.integers(5, 48)), draw(st.sampled_from([0.1, 1.0]))
        spread = 0.0 if kind == "flat" else noise
        lines += rows(f"m{number}", (f"{level(kind, at, count) + random.gauss(0, spread):.2f}" for at in range(count)))
        keys = {
            "id": f"m{number}",
            "name": draw(plain | name),
            "unit": draw(st.sampled_from(["%", "h", "", "EUR", "{u}"])),
            "better": draw(st.sampled_from(["higher", "lower"])),
            "baseline": draw(st.sampled_from([20.0, 30.0, 40.0])),
            "goal": draw(st.sampled_from([22.0, 25.0, 35.0])),
        }
        text = "".join(f"{key} = {json.dumps(value, ensure_ascii=True)}\n" for key, value in keys.items())
        by = draw(st.sampled_from(["", "by = 2027-12-31\n", "by = 2025-01-31\n"]))
        peers = 'benchmark = { values = [23, 26, 27, 28, 29, 31], source = "Panel" }\n'
        tables.append(f"\n[[metric]]\n{text}{by}{peers}agreed = {json.dumps(draw(st.integers(0, 4)) > 0)}\n")
    return files(f'name = "Acme"\n{PEOPLE}{"".join(tables)}', *lines)


@settings(max_examples=25, deadline=None)
@given(texts=accounts())
def test_every_draft_of_any_account_passes_the_linter(texts: dict[str, str]) -> None:
    root = Path("/nowhere")
    loaded = load_folder(Folder(root, texts))
    if any(problem.severity == "error" for problem in loaded.problems):
        return
    found = found_in(root, texts)

    assert problems_of(root, texts, found) == []
    for draft in found.drafts:
        assert graphemes(draft.wording.text) <= 140
        assert draft.idea.source
        assert "?" not in draft.wording.text
    agreed = {metric.id for metric in loaded.workspace.accounts["acme"].metrics if metric.agreed}  # type: ignore[union-attr]
    assert {draft.idea.metric for draft in found.drafts} <= agreed


def test_the_same_files_give_the_same_drafts_and_they_are_toml(tmp_path: Path) -> None:
    texts = files(f'name = "Acme"\n{PEOPLE}{METRIC}', *rows("returns_rate", RETURNS))
    once, again = (ideas_text(found_in(tmp_path, texts)) for _ in range(2))

    assert once == again
    messages = tomllib.loads(once)["message"]
    assert [message["id"] for message in messages] == ["step-2025-11-30-returns-rate", "peers-4-of-5-returns-rate"]
    assert all(message["gift"] and message["shifts"] and message["source"] for message in messages)


def test_two_of_a_kind_do_not_sound_alike(tmp_path: Path) -> None:
    other = METRIC.replace("returns_rate", "damage_rate").replace("Returns rate", "Damage rate")
    texts = files(
        f'name = "Acme"\n{PEOPLE}{METRIC}{other}', *rows("returns_rate", RETURNS), *rows("damage_rate", RETURNS)
    )
    found = found_in(tmp_path, texts)

    steps = [draft.wording.text for draft in found.drafts if draft.idea.kind == "step"]
    assert len(steps) == 2
    assert steps[0].replace("eturns", "amage").replace("R", "D") != steps[1].replace("eturns", "amage")
    assert problems_of(tmp_path, texts, found) == []


def test_an_idea_that_a_campaign_has_is_not_drafted_again(tmp_path: Path) -> None:
    texts = files(f'name = "Acme"\n{PEOPLE}{METRIC}', *rows("returns_rate", RETURNS))
    first = found_in(tmp_path, texts)

    again = found_in(tmp_path, {**texts, "campaigns/acme/insights.toml": HEAD + ideas_text(first)})
    assert (again.drafts, again.campaign_file) == ((), "campaigns/acme/insights.toml")
    assert [each.why for each in again.passed] == ["a campaign has it"] * 2


def test_what_was_delivered_is_not_drafted_again(tmp_path: Path) -> None:
    texts = files(f'name = "Acme"\n{PEOPLE}{METRIC}', *rows("returns_rate", RETURNS))
    step = found_in(tmp_path, texts).drafts[0]
    delivered = Delivered(
        campaign="acme/old", message="m", contact="ana@acme.example", on=date(2026, 10, 1), text=step.wording.text
    )

    now = found_in(tmp_path, texts, Past((delivered,)))
    assert step.wording.text not in [draft.wording.text for draft in now.drafts]


def test_settings_that_switch_the_rules_off_let_no_ask_pass(tmp_path: Path) -> None:
    asking = METRIC.replace('"Returns rate"', '"Please call us"')
    texts = files(f'name = "Acme"\n{PEOPLE}{asking}', *rows("returns_rate", RETURNS))
    texts["dripper.toml"] = f'{SETTINGS}\n[lint]\nchars = 400\nignore = ["D1", "D2"]\n'

    found = found_in(tmp_path, texts)
    assert all("please" not in draft.wording.text.lower() for draft in found.drafts)
    assert all(graphemes(draft.wording.text) <= 140 for draft in found.drafts)


def test_an_account_of_values_alone_has_nothing_that_was_agreed(tmp_path: Path) -> None:
    texts = files("", *rows("returns_rate", RETURNS))
    del texts["campaigns/acme/account.toml"]
    assert [each.why for each in found_in(tmp_path, texts).passed] == ["it has no account.toml"]
