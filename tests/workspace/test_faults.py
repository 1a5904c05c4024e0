from __future__ import annotations

import re

import pytest

from dripper.problem import Severity, Span
from dripper.workspace.faults import Fault


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_has_a_code_and_a_name_of_its_own(fault: Fault) -> None:
    assert re.fullmatch(r"D[56]\d\d", fault.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", fault.name_)
    assert [other for other in Fault if other.code == fault.code] == [fault]


def test_a_fault_becomes_an_error_unless_told_otherwise() -> None:
    span = Span(line=1, column=2, end_line=1, end_column=3)

    problem = Fault.UNKNOWN_KEY.problem(file="a.toml", span=span, message="unknown", cure="look")

    assert (problem.code, problem.name, problem.severity) == ("D502", "unknown-key", Severity.ERROR)
    assert str(problem) == "a.toml:1:2 D502 unknown"
