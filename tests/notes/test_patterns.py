"""Patterns compiled when first asked, and taken apart."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

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
