"""The facts of a note survive its structure."""

from __future__ import annotations

import pytest
from tests.notes.variants import make_note

from quarterhour.notes import read


def _named(reading: dict, words: str, text: str) -> set[str]:
    """Status of every activity that overlaps ``words``."""
    start = text.lower().index(words.lower())
    return {a["status"] for a in reading["activities"] if a["start"] < start + len(words) and start < a["end"]}


@pytest.mark.covers("D4")
@pytest.mark.parametrize("seed", range(150))
def test_minutes_and_totals_survive(seed: int) -> None:
    text, facts = make_note(seed)
    found = read(text).as_dict()
    performed = {
        s["code"]: s["minutes"] for s in found["services"] if s["status"] == "performed" and s["minutes"] is not None
    }
    assert performed == facts.minutes, text
    assert found["times"]["total_timed_minutes"] == facts.timed, text
    assert found["times"]["total_treatment_minutes"] == facts.total, text
    assert (found["times"]["start"], found["times"]["stop"]) == (facts.start, facts.stop), text
    for element in (
        "service_minutes",
        "total_timed_minutes",
        "total_treatment_time",
        "start_stop_times",
        "signature",
        "activities",
    ):
        assert found["elements"][element]["grade"] == "present", (element, text)


@pytest.mark.covers("D2", "D3")
@pytest.mark.parametrize("seed", range(150))
def test_tasks_levels_and_status_survive(seed: int) -> None:
    text, facts = make_note(seed)
    found = read(text).as_dict()
    for task in facts.tasks:
        assert "performed" in _named(found, task, text), (task, text)
    assert "performed" not in _named(found, facts.planned, text), text
    assert "performed" not in _named(found, facts.left_out, text), text
    assert {a["level"] for a in found["assistance"]} == set(facts.levels), text
