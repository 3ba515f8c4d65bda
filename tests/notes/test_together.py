"""Reading many notes at once: each as by itself, whatever the others say, and no more of them in memory than a few."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.notes.test_fuzz import mutate
from tests.notes.variants import make_note

from quarterhour.notes import LexiconError, read, read_many


def notes(count: int) -> list[str]:
    """Well-formed and mutated notes, and a few without a word."""
    rng = random.Random(97530)
    drawn = [make_note(seed)[0] for seed in range(count)]
    return [*drawn, *(mutate(text, rng) for text in drawn), "", " ", "\n\n", "S:", "97530"]


def test_a_note_among_many_is_read_as_by_itself() -> None:
    texts = notes(60)
    random.Random(3).shuffle(texts)
    assert [one.as_dict() for one in read_many(texts)] == [read(text).as_dict() for text in texts]


def test_readings_come_in_the_order_of_the_notes() -> None:
    texts = notes(40)
    assert [one.text for one in read_many(texts)] == texts


def test_no_notes_no_readings() -> None:
    assert list(read_many([])) == []


def test_notes_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"O: Gait training {taken} min."

    stream = read_many(endless())
    assert [next(stream).services[0].minutes for _ in range(3)] == [1, 2, 3]
    assert taken < 100


def test_a_contradictory_vocabulary_is_told_at_the_first_note(tmp_path: Path) -> None:
    pack = tmp_path / "clinic.yaml"
    pack.write_text("pack: clinic\nremove: [no such phrase at all]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="no such phrase at all"):
        next(read_many(["S: ok."], overlays=(pack,)))
