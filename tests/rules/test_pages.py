"""Every example on every rule's page: exactly the findings it names, no other of that rule."""

from __future__ import annotations

import pytest
from tests.rules.judged import findings_of

from quarterhour.rules.catalogue import Entry, catalogue
from quarterhour.rules.examples import Example
from quarterhour.rules.pages import read_page

HEADINGS = ["What it finds", "Why it matters", "Examples", "What to do", "Where payers differ"]
CASES = [
    pytest.param(entry, example, id=f"{entry.code}:{example.line}")
    for entry in catalogue()
    for example in read_page(entry.page).examples
]


@pytest.mark.parametrize("entry, example", CASES)
def test_example(entry: Entry, example: Example) -> None:
    found = [finding for finding in findings_of([example]) if finding.rule == entry.code]
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
    for finding in findings_of(read_page(entry.page).examples, [entry]):
        assert len(finding.message) < 140, finding.message
        assert finding.sources
