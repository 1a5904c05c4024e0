import json
from urllib.request import urlopen

from fakes.token_server import TokenServer, granted


def test_it_answers_in_turn_and_notes_what_it_was_asked() -> None:
    with TokenServer(granted("one"), granted("two", scope="mail")) as server:
        answers = [json.load(urlopen(server.url, data=b"a=1&b=2%2B2")) for _ in range(3)]

    assert [each["access_token"] for each in answers] == ["one", "two", "two"]
    assert server.asked == [{"a": "1", "b": "2+2"}] * 3
    assert server.types == ["application/x-www-form-urlencoded"] * 3
