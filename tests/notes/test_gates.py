"""Gates: never shut where their pattern matches, and of no weight for what is read."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.notes.test_fuzz import mutate
from tests.notes.variants import make_note

from quarterhour.notes import read
from quarterhour.notes.page.clauses import split_sentences
from quarterhour.notes.page.sections import find_sections
from quarterhour.notes.wording import gates
from quarterhour.notes.wording.lexicon import load_lexicon
from quarterhour.notes.wording.literals import literals
from quarterhour.notes.wording.text import make_source


@pytest.mark.parametrize(
    "source, wanted",
    [
        (r"\b(?:wants|likes) to\b", {"wants to", "likes to"}),
        (
            r"\b(?:the )?stairs? (?:at|in) home\b",
            {"stair at home", "stairs at home", "stair in home", "stairs in home"},
        ),
        (r"carr(?:y|ies|ied) over", {"carry over", "carries over", "carried over"}),
        (r"\w+ing (?:well|badly)", {"ing well", "ing badly"}),
        (r"(?:no|few) (?:\w+ ){0,3}?stumbles?", {" stumble"}),
        (r"a(?=bout)|c(?!d)", {"bout", "c"}),
        (r"(?<=knee )pain|ache", {"pain", "ache"}),
        (r"[;,] ?then", {"; then", ";then", ", then", ",then"}),
        (r"(?:st)?g\d", {f"g{figure}" for figure in range(10)}),
        (r"[1-2](?:st|nd) try", {"1st try", "2st try", "1nd try", "2nd try"}),
        (r"(?P<x>left|right) (?P=x)", {"left ", "right "}),
        (r"x{2,3}yz", {"xyz"}),
        (r"(?i:a)bc", {"bc"}),
    ],
)
def test_a_literal_stands_in_every_match(source: str, wanted: set[str]) -> None:
    assert literals(source) == wanted


@pytest.mark.parametrize("source", [r"\d{1,3}", r"[a-z]+", r"(?:pain)?", r"a|\d", r"(?!pain)\w+", r"(?<=pain )\w"])
def test_where_no_literal_follows_there_is_none(source: str) -> None:
    assert literals(source) is None


_PART = st.recursive(
    st.sampled_from(["a", "b", "ab", "ba", "b?", "a+", "b*", r"\ba", r"\d", "[ab]", "[^a]", "1", " ", "(?!b)", "b{2}"]),
    lambda inner: st.tuples(
        st.lists(inner, min_size=1, max_size=4).map("".join), st.sampled_from(["", "?", "+", "{0,2}", "{2}"])
    ).map(lambda pair: f"(?:{pair[0]}|b{pair[0]}){pair[1]}"),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(_PART, min_size=1, max_size=5), text=st.text(alphabet="aabb 12", max_size=20))
def test_what_matches_holds_a_literal(parts: list[str], text: str) -> None:
    source = "".join(parts)
    needed = literals(source)
    for match in re.finditer(source, text):
        assert needed is None or any(one in match[0] for one in needed), source


def _notes() -> list[str]:
    rng = random.Random(97530)
    drawn = [make_note(seed)[0] for seed in range(40)]
    return [*drawn, *(mutate(text, rng) for text in drawn), *(f"{one}\n\n{two}" for one, two in pairwise(drawn))]


def test_no_gate_is_shut_where_its_pattern_matches() -> None:
    headings = load_lexicon().headings
    for text in _notes():
        source = make_source(text)
        sentences = split_sentences(source, find_sections(source, headings))
        note, _ = gates.look(source.low, sentences)
        for place, patterns in enumerate(gates.gated()):
            for pattern in patterns:
                if pattern.search(source.low):
                    assert note >> place & 1, pattern
                for sentence in sentences:
                    found = pattern.search(source.low, sentence.start, sentence.end)
                    assert found is None or sentence.gates >> place & 1, (pattern, found)


@pytest.mark.parametrize("pattern", [pattern for patterns in gates.gated() for pattern in patterns])
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_the_gate_of_a_pattern_stands_open_for_what_matches_it(pattern: Any, data: st.DataObject) -> None:
    compiled = re.compile(pattern.source, pattern.flags)
    needed = gates.literals_of([pattern.source])
    text = data.draw(st.from_regex(compiled, alphabet="abcdefghijklmnopqrstuvwxyz 0123456789.,;:()%'\"-/=>+#\n"))
    for match in compiled.finditer(text):
        assert any(one in text[match.start() :] for one in needed), match[0]


def test_a_gate_is_seldom_open() -> None:
    headings = load_lexicon().headings
    seen = total = 0
    for seed in range(60):
        source = make_source(make_note(seed)[0])
        sentences = split_sentences(source, find_sections(source, headings))
        gates.look(source.low, sentences)
        seen += sum(sentence.gates.bit_count() for sentence in sentences)
        total += len(sentences) * len(gates.gated())
    assert seen < 0.1 * total


def test_without_an_automaton_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = _notes()[::3]
    before = [read(text).as_dict() for text in texts]
    monkeypatch.setattr(gates, "ahocorasick", None)
    assert [read(text).as_dict() for text in texts] == before


def test_openings_are_found_as_one_word_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in _notes():
        low = make_source(text).low
        quick = gates.look(low, [])[1]
        with monkeypatch.context() as patched:
            patched.setattr(gates, "ahocorasick", None)
            assert gates.look(low, [])[1] == quick


def test_literals_read_once_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    gates._looked.cache_clear()
    first = read("S: ok. O: gait training 15 min.").as_dict()
    gates._looked.cache_clear()
    monkeypatch.setattr(gates, "literals_of", None)  # would fail if it were asked again
    assert read("S: ok. O: gait training 15 min.").as_dict() == first
    gates._looked.cache_clear()
