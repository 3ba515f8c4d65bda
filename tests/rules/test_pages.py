"""Every example on every rule's page: exactly the findings it names, no other of that rule."""

from __future__ import annotations

import datetime as dt

import pytest

from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import judge_visits
from quarterhour.policy import load
from quarterhour.rules.catalogue import Entry, catalogue
from quarterhour.rules.pages import Example, read_page
from quarterhour.workflows.reading import readings

TODAY = dt.date(2026, 11, 21)
HEADINGS = ["What it finds", "Why it matters", "Examples", "What to do", "Where payers differ"]
CASES = [
    pytest.param(entry, example, id=f"{entry.code}:{example.line}")
    for entry in catalogue()
    for example in read_page(entry.page).examples
]


@pytest.mark.parametrize("entry, example", CASES)
def test_example(entry: Entry, example: Example) -> None:
    visits = [from_builtins(visit, Visit) for visit in example.visits]
    outcome = judge_visits(visits, load(), "medicare-b", TODAY, readings=readings(visits))
    found = [finding for of_visit in outcome.findings for finding in of_visit if finding.rule == entry.code]
    assert len(found) == len(example.expected), [finding.message for finding in found]
    for expected in example.expected:
        assert expected.rule == entry.code
        assert any(finding.message.startswith(expected.message) for finding in found), [f.message for f in found]


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.code)
def test_page_has_its_parts_and_both_kinds_of_example(entry: Entry) -> None:
    page = read_page(entry.page)
    assert list(page.sections) == HEADINGS
    assert any(example.expected for example in page.examples), "no example that breaks the rule"
    assert any(not example.expected for example in page.examples), "no example that keeps it"


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.code)
def test_messages_are_short_and_say_what_is_wrong(entry: Entry) -> None:
    visits = [visit for example in read_page(entry.page).examples for visit in example.visits]
    records = [from_builtins(visit, Visit) for visit in visits]
    outcome = judge_visits(records, load(), "medicare-b", TODAY, [entry], readings(records))
    for finding in (finding for of_visit in outcome.findings for finding in of_visit):
        assert len(finding.message) < 140, finding.message
        assert finding.sources
