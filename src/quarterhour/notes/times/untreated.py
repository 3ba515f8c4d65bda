"""Where a note says that stated minutes take in time in which the patient was not treated: rest breaks, waiting,
writing the note. Rest told beside the minutes is no such statement: "24 min with two seated rests" leaves open what was
counted.
"""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.figures.durations import UNIT
from quarterhour.notes.figures.numbers import NUMBER
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded

# "rest of the arm" is no rest, "toileting" by itself is a task of daily life.
_IDLE: Final = (
    r"(?:rest(?: ?breaks?| periods?| time| pauses?)?\b(?! of\b)|rest(?:s|ing)\b(?! hand)|"
    r"(?:toilet(?:ing)?|bathroom|restroom|water|lunch|snack) breaks?\b|breaks?\b|waiting(?: time)?\b|wait time\b|"
    r"documentation\b|documenting\b|charting\b|(?:note|report)[- ]?writing\b|paperwork\b)"
)
_HOW_MANY: Final = rf"(?:{NUMBER}{UNIT}(?<!\.)[ ,-]{{0,2}})?"
_MANNER: Final = (
    r"(?:(?:of|for|the|a|an|short|brief|seated|sitting|standing|supine|needed|\d+ ?x|\d|time|spent|in|on|and) ){0,4}"
)
_TAKEN_IN: Final = folded(
    rf"(?<![\d.:]){NUMBER}{UNIT}[^.;\n]{{0,40}}?\bincl(?:uding|udes|uded|usive of|\.)? {_HOW_MANY}{_MANNER}{_IDLE}|"
    rf"\bincl(?:uding|udes|usive of|\.) {_HOW_MANY}{_MANNER}{_IDLE}[^.;\n]{{0,20}}?\d{UNIT}|"
    rf"{_HOW_MANY}{_IDLE}[^.;\n]{{0,24}}?\b(?:(?:is|are|was|were) )?(?:included|counted) (?:in|with|toward|as)\b"
)
_LEFT_OUT: Final = folded(r"(?:\bnot\b|\bno\b|n't|\bnever\b|\bexcl)[^.;\n]{0,30}$")
# How long somebody was there is not what is billed.
_STAY: Final = folded(r"\b(?:visit|session|appointment|appt|encounter|stay|(?:in|at) (?:the )?clinic)\b[^.;\n]{0,24}$")
_TAKEN_IN_GATE: Final = gate(_TAKEN_IN)


def find_untreated(document: Document) -> tuple[tuple[int, int], ...]:
    """Begin and end of every such statement about this visit, in code points."""
    low = document.low
    if not document.gates & _TAKEN_IN_GATE:
        return ()
    found = []
    for match in _TAKEN_IN.finditer(low):
        start, end = match.span()
        sentence = document.sentence_at(start)
        if sentence is None or status_of(document, sentence, start, end) != PERFORMED:
            continue
        before = max(0, start - 40)
        denied = "not " in match[0] or "excl" in match[0] or _LEFT_OUT.search(low, before, start)
        if not denied and not _STAY.search(low, before, start):
            found.append((start, end))
    return tuple(found)
