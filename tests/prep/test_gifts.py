"""Gifts from deliveries and replies: who got what, and which message an answer belongs to."""

from datetime import UTC, date, datetime, timedelta

from dripper.prep.gifts import Delivered, Reply, gifts_of
from dripper.workspace.model.account import Category

START = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


def delivered(day: int, contact: str = "ana", message: str = "carts", **changes: object) -> Delivered:
    at = START + timedelta(days=day)
    known = {
        "campaign": "acme/insights",
        "message": message,
        "subject": message.capitalize(),
        "gift": "When to remind",
        "prepares": Category.PERFORMANCE,
        "contact": contact,
        "name": contact.capitalize(),
        "at": at,
        "on": at.date(),
    }
    return Delivered(**{**known, **changes})  # type: ignore[arg-type]


def reply(day: int, contact: str = "ana", campaign: str = "") -> Reply:
    at = START + timedelta(days=day, hours=1)
    return Reply(contact=contact, name=contact.capitalize(), words="Thanks", at=at, on=at.date(), campaign=campaign)


def test_a_message_is_one_gift_to_all_who_got_it() -> None:
    found = gifts_of([delivered(1, "ben"), delivered(0), delivered(14, message="sizes")], [])

    assert [(gift.message, gift.people) for gift in found.gifts] == [("carts", ("Ana", "Ben")), ("sizes", ("Ana",))]
    assert (found.gifts[0].first_on, found.gifts[0].last_on) == (date(2026, 12, 1), date(2026, 12, 2))
    assert (found.count, found.in_doubt, len(found.contacts)) == (3, 0, 2)


def test_what_may_not_have_arrived_is_counted_apart() -> None:
    found = gifts_of([delivered(0), delivered(0, "ben", is_in_doubt=True)], [])
    assert (found.count, found.in_doubt, found.gifts[0].count) == (1, 1, 1)


def test_an_answer_belongs_to_the_last_message_that_its_contact_had() -> None:
    sent = [delivered(0), delivered(14, message="sizes"), delivered(14, "ben")]
    found = gifts_of(sent, [reply(3), reply(20), reply(2, "ben")])

    carts, sizes = found.gifts
    assert [answer.on.day for answer in carts.answers] == [4]
    assert [answer.on.day for answer in sizes.answers] == [21]
    assert [answer.contact for answer in found.answers] == ["ana", "ana"]


def test_an_answer_to_a_campaign_belongs_to_no_other() -> None:
    found = gifts_of(
        [delivered(0), delivered(5, message="trend", campaign="trends")], [reply(6, campaign="acme/insights")]
    )
    assert [(gift.message, len(gift.answers)) for gift in found.gifts] == [("carts", 1), ("trend", 0)]


def test_the_gifts_that_prepare_an_angle_are_those_of_its_category() -> None:
    found = gifts_of([delivered(0), delivered(1, message="x", prepares=None)], [])

    assert [gift.message for gift in found.preparing(Category.PERFORMANCE)] == ["carts"]
    assert found.preparing(Category.MARKET) == ()
