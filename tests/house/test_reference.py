import pytest
from readme import filled


def test_only_what_stands_between_the_markers_is_written() -> None:
    before = "# Title\n<!-- rules -->\nold\n<!-- end of rules -->\nby hand\n"
    assert filled(before, {"rules": lambda: "new"}) == (
        "# Title\n<!-- rules -->\n\nnew\n\n<!-- end of rules -->\nby hand\n"
    )


def test_written_twice_it_is_the_same() -> None:
    once = filled("<!-- rules -->\n<!-- end of rules -->\n", {"rules": lambda: r"a \1 b"})
    assert filled(once, {"rules": lambda: r"a \1 b"}) == once


@pytest.mark.parametrize("readme", ["", "<!-- rules -->\n", "<!-- rules -->\n<!-- end of rules -->\n" * 2])
def test_a_part_that_has_not_one_place_is_refused(readme: str) -> None:
    with pytest.raises(ValueError, match="rules"):
        filled(readme, {"rules": lambda: "new"})
