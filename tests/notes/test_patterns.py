"""Patterns compiled when first asked, and laid out by their first letters: the same matches, found sooner."""

from __future__ import annotations

import random
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.notes.test_fuzz import mutate
from tests.notes.variants import make_note

import quarterhour.notes
from quarterhour.notes.layout import laid_out
from quarterhour.notes.patterns import Pattern, folded, written
from quarterhour.notes.text import lower_same_length

assert quarterhour.notes  # its modules make the patterns
PATTERNS = [pattern for pattern in Pattern.made if not pattern.flags & re.IGNORECASE]


@pytest.mark.parametrize(
    "source, wanted",
    [
        (r"(?:is so|are so|as \d|no)", r"(?:is so|a(?:re so|s \d)|no)"),
        (r"\b(?:(?:is|are) so|as|no|on)\b", r"\b(?:is so|a(?:re so|s)|no|on)\b"),
        (r"a|b|[cd]e|f?g", r"a|b|ce|de|fg|g"),
        (r"ab|\d|ac|ad", r"ab|\d|a(?:c|d)"),
        (r"ab|ac", r"ab|ac"),
        (r"(?:ab|(ac)|ad|ae)", r"(?:ab|(ac)|ad|ae)"),
        (r"a|b|c|\bd|\be", r"a|b|c|\b(?:d|e)"),
        (r"[]|)]a|b\||c|d", r"[]|)]a|b\||c|d"),
    ],
)
def test_choices_stand_under_their_first_letter(source: str, wanted: str) -> None:
    assert laid_out(source) == wanted


def test_every_pattern_has_the_same_groups_laid_out() -> None:
    assert len(PATTERNS) > 250
    for pattern in PATTERNS:
        before, after = (
            re.compile(pattern.source, pattern.flags),
            re.compile(laid_out(pattern.source), pattern.flags),
        )
        assert before.groupindex == after.groupindex
        assert before.groups == after.groups


def test_every_pattern_finds_the_same_laid_out() -> None:
    rng = random.Random(97530)
    texts = [lower_same_length(mutate(make_note(seed)[0], rng)) for seed in range(12)]
    for pattern in PATTERNS:
        before, after = (
            re.compile(pattern.source, pattern.flags),
            re.compile(laid_out(pattern.source), pattern.flags),
        )
        for text in texts:
            assert [(m.span(), m.groups()) for m in before.finditer(text)] == [
                (m.span(), m.groups()) for m in after.finditer(text)
            ], pattern.source


_CHOICE = st.recursive(
    st.sampled_from(["a", "b", "ab", "ba", "aab", "b?a", r"\ba", r"\d", "[ab]c", "", "c", r"a\.", "(?!b)a", "ab{1,2}"]),
    lambda inner: st.lists(inner, min_size=2, max_size=6).map(lambda choices: f"(?:{'|'.join(choices)})"),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(
    choices=st.lists(st.tuples(_CHOICE, _CHOICE).map("".join), min_size=4, max_size=9),
    text=st.text(alphabet="aabbc .1", max_size=24),
)
def test_what_matches_stays_the_same(choices: list[str], text: str) -> None:
    source = "|".join(choices)
    assert [m.span() for m in re.finditer(source, text)] == [m.span() for m in re.finditer(laid_out(source), text)]


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
        "import quarterhour.notes; from quarterhour.notes.patterns import Pattern;"
        "print(sum(one.is_compiled for one in Pattern.made))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
