"""What points back to a day named before: "Toast was tried then and dropped", "She did the ramp that day"."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

# A state or a deed of the past that "then" closes: one that goes on ("was cut, then peeled") is of a sequence.
_THEN: Final = folded(
    r"\bback then\b|\b(?:at|on|in|during) that (?:visit|time|session|day|week|date|occasion)\b|"
    r" that (?:day|visit|week|session)(?=$|[.,;]| (?:with|and|but|she|he|they|took|was|were)\b)|"
    r"\b(?:was|were|had|did|could|needed|took|got|still|only)\b[^.;,]{0,40} then(?=$|[.;,)]| (?:and|but)\b)"
)
_THEN_GATE: Final = gate(_THEN)
_TODAY: Final = BIT["today"]
_NAMED_BEFORE: Final = 200  # code points that lie at most between the day and what points back to it
_DAY: Final = folded(r"\b(?:last (?:visit|week|month|time|session|year)|yesterday|(?:weeks?|months?|visits?) ago)\b")


def is_of_then(document: Document, sentence: Sentence, start: int) -> bool:
    """The part of the sentence in which the phrase at ``start`` stands points back to another day."""
    if not sentence.gates & _THEN_GATE or sentence.mask & _TODAY:
        return False
    low = document.low
    opening = max(sentence.start, low.rfind(";", sentence.start, start) + 1)
    closing = low.find(";", start, sentence.end)
    told = _THEN.search(low, opening, closing if closing >= 0 else sentence.end)
    if told is None:
        return False
    if low.startswith("back then", told.start()):
        return True
    first = max(told.end() - _NAMED_BEFORE, low.rfind("\n", 0, sentence.start) + 1)
    dayless = document.service_day is None
    return any(first <= date.start < told.end() and (dayless or document.is_past(date)) for date in document.dates) or (
        _DAY.search(low, first, told.start()) is not None
    )
