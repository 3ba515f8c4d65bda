"""Patterns compiled when first asked, and taken apart."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import quarterhour.notes
from quarterhour.notes.wording.pattern_parts import Choice, parsed
from quarterhour.notes.wording.patterns import Pattern, folded, written

assert quarterhour.notes  # its modules make the patterns


def _written(choices: Sequence[Choice]) -> str:
    return "|".join(
        "".join(
            f"{piece.text}{'' if piece.choices is None else _written(piece.choices) + ')'}{piece.quantity}"
            for piece in choice
        )
        for choice in choices
    )


def test_the_parts_of_a_pattern_make_it_again() -> None:
    assert len(Pattern.made) > 250
    for pattern in Pattern.made:
        choices, end = parsed(pattern.source, 0)
        assert end == len(pattern.source)
        assert _written(choices) == pattern.source


def test_choices_and_pieces_are_told_apart() -> None:
    choices, _ = parsed(r"a|(?:b?|[]|)]{2})+?c", 0)
    assert [len(choice) for choice in choices] == [1, 2]
    group = choices[1][0]
    assert (group.text, group.quantity) == ("(?:", "+?")
    assert group.choices is not None
    assert [(piece.text, piece.quantity) for choice in group.choices for piece in choice] == [
        ("b", "?"),
        ("[]|)]", "{2}"),
    ]


def test_a_pattern_is_compiled_at_its_first_call() -> None:
    pattern = folded(r"no such thing \w+")
    assert not pattern.is_compiled
    assert pattern.search("there is no such thing here")
    assert pattern.is_compiled
    Pattern.made.remove(pattern)


def test_letters_of_any_script_are_read_as_written() -> None:
    pattern = written(r"\b\w+\b")
    match = pattern.search("Ärztin")
    assert match is not None
    assert match[0] == "Ärztin"
    Pattern.made.remove(pattern)


def test_no_note_no_pattern_compiled() -> None:

    code = (
        "import quarterhour.notes; from quarterhour.notes.wording.patterns import Pattern;"
        "print(sum(one.is_compiled for one in Pattern.made))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def _is_run(parsed: Any) -> bool:
    """A repeat without end that may give back is all that every match of ``parsed`` needs."""
    needed = [(kind, of) for kind, of in parsed if not _may_be_nothing(kind, of)]
    if len(needed) != 1:
        return False
    kind, of = needed[0]
    if kind is _constants.SUBPATTERN:
        return _is_run(of[-1])
    if kind is _constants.BRANCH:
        return any(_is_run(choice) for choice in of[1])
    return kind is _constants.MAX_REPEAT and of[1] is _constants.MAXREPEAT


def _may_be_nothing(kind: Any, of: Any) -> bool:
    if kind in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
        return True
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
        return bool(of[0] == 0)
    if kind is _constants.SUBPATTERN:
        return all(_may_be_nothing(*inner) for inner in of[-1])
    if kind is _constants.BRANCH:
        return any(all(_may_be_nothing(*inner) for inner in choice) for choice in of[1])
    return False


def _runs_of_runs(parsed: Any) -> bool:
    """Somewhere a repeat without end holds nothing but another: forty dots have then 2^40 ways to be one."""
    for kind, of in parsed:
        if kind is _constants.MAX_REPEAT and of[1] is _constants.MAXREPEAT and _is_run(of[2]):
            return True
        inner = of if isinstance(of, tuple | list) else ()
        for part in inner:
            if isinstance(part, _parser.SubPattern) and _runs_of_runs(part):
                return True
            if isinstance(part, list) and any(
                isinstance(choice, _parser.SubPattern) and _runs_of_runs(choice) for choice in part
            ):
                return True
    return False


def test_no_run_is_a_run_of_runs() -> None:
    assert [made.source for made in Pattern.made if _runs_of_runs(_parser.parse(made.source))] == []


@pytest.mark.parametrize(
    "source, holds",
    [
        (r"(?:a+)*b", True),
        (r"(?:\.{2,}|[:=])*\d", True),
        (r"((?:a|b+)+ ?)+c", True),
        (r"(?:(?<!\.)\.{2,}|x)*", True),
        (r"(?:\.{2,}+|[:=])*+\d", False),
        (r"(?:a+ )*b", False),
        (r"(?:a{0,3})*b", False),
    ],
)
def test_runs_of_runs_are_found(source: str, *, holds: bool) -> None:
    assert re.compile(source)
    assert _runs_of_runs(_parser.parse(source)) is holds
