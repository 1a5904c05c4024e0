from dataclasses import replace

from fakes.accounts import RETURNS, TODAY, account, fact, negotiation, returns_rate, series

from dripper.pages.brief.document import brief_json
from dripper.prep.brief import Brief, brief_of
from dripper.prep.figures import Figure
from dripper.prep.traced import traced
from dripper.workspace.model.account import Side
from dripper.workspace.model.negotiation import Negotiation


def _brief(talk: Negotiation | None = None) -> Brief:
    freight = fact(for_=Side.US, what="Freight rises", source="Price list")
    who = account(metrics=(returns_rate(),), facts=(fact(), freight))
    talk = talk or replace(negotiation(), file="campaigns/acme/renewal.negotiation.toml", guesses=("our_target",))
    return brief_of(who, talk, {"returns_rate": series("returns_rate", RETURNS)}, today=TODAY, owner="Mira")


def _of(brief: Brief, what: str) -> Figure:
    return next(figure for figure in traced(brief) if figure.what == what)


def test_the_share_of_an_angle_is_made_again_from_its_parts() -> None:
    brief = _brief()
    angle = next(each for each in brief.ours if each.metric)
    share = _of(brief, "share of the yearly contract")

    assert angle.amount is not None
    assert share.text == f"{100 * angle.amount.middle / 240_000:.0f}%"
    assert (share.rows, share.on) == ("metrics.csv, returns_rate, 24 values to 31 Oct 2026", angle.on)


def test_the_worth_of_a_fact_is_as_stated_by_its_source() -> None:
    worth = _of(_brief(), "worth: “Freight rises”")

    assert (worth.text, worth.rows, worth.formula) == ("12,000 EUR", "account.toml, [[fact]]: Price list", "as stated")


def test_the_numbers_line_names_its_keys_and_its_guesses() -> None:
    brief = _brief()

    assert _of(brief, "Our walk-away").rows == "campaigns/acme/renewal.negotiation.toml, our_walk_away"
    assert [_of(brief, f"Our {key}").formula for key in ("walk-away", "target")] == ["as stated", "as guessed"]
    assert brief.numbers is not None
    assert _of(brief, "Zone of agreement").text == brief.numbers.zone_text


def test_every_amount_of_an_angle_in_the_json_has_its_figure() -> None:
    document = brief_json(_brief())
    texts = {figure["text"] for figure in document["figures"]}

    for angle in (*document["angles"]["ours"], *document["angles"]["theirs"]):
        amount, _, share = angle["worth"]["text"].rpartition(", ")
        assert amount in texts
        assert share.removesuffix(" of the yearly contract") in texts
