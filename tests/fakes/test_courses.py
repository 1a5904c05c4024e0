from dripper.workspace.model.settings import Calendar
from dripper.workspace.model.values import Weekday
from fakes.courses import calendar, course, recipient, weekdays


def test_a_course_takes_all_its_messages_in_order() -> None:
    one = course(messages=3)
    assert [message.id for message in one.messages] == ["m0", "m1", "m2"]
    assert one.messages == one.campaign.messages


def test_the_calendar_is_the_default_one() -> None:
    assert calendar() == Calendar()


def test_a_recipient_is_known_by_the_lower_case_address() -> None:
    assert (recipient("Ana@acme.example").key, recipient("Ana@acme.example").first_name) == ("ana@acme.example", "Ana")


def test_weekdays_are_written_in_one_line() -> None:
    assert weekdays("mon sun") == (Weekday.MON, Weekday.SUN)
