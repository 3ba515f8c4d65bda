"""What kind of note it is, where it is not that of one treatment: a summary, a look back, an evaluation."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded

_SUMMARY: Final = folded(
    r"\bdischarge (?:summary|note)|\b(?:slp|pt|ot|st) (?:discharge|d/c)\b|\bd/c (?:summary|note)\b"
)
_EVALUATION: Final = folded(
    r"(?:[^\n]*\n){0,2}?(?!s[:.] |subj)[^\n.:]{0,60}?(?<!at )(?<!since )(?<!from )(?<!after )(?<!on )(?<!pt )"
    r"\b(?:re-?)?eval(?:uation)?\b(?! (?:by|on|\d\d/\d\d/\d\d))"
)
# A course of treatment looked back on.
_COURSE: Final = folded(
    r"\b(?:attended (?:\w+ ){0,5}(?:from \d|sessions|visits)|attended (?:an? )?initial evaluation|"
    r"number of (?:sessions|visits) (?:completed|attended)|"
    r"followed by \d+ treatment sessions|(?:seen|treated) for (?:\d+|a total of \d+) (?:\w+ ){0,3}(?:sessions|visits)|"
    r"discharged? from (?:my|skilled|our|pt|ot|slp|speech|physical|occupational)|accomplished (?:all|"
    r"\w+ (?:and a half )?(?:out )?of) (?:\w+ ){0,3}(?:short|goals))"
)
# A note with none of these tells of one visit, and the same words of an earlier course: "discharged from PT", "seen for
# 2 visits". They narrow what the pattern finds; they are not read off it.
_SEVERAL_VISITS: Final = (" attended ", "sessions", "treatment ses")
# The story of a first visit: the history of a patient who was referred, and no treatment told.
_FIRST_VISIT: Final = folded(
    r"\b(?:past medical history|medical diagnostics|history of present|previous medical history)\b"
)
_FIRST_VISIT_GATE: Final = gate(_FIRST_VISIT)
_TREATED_TODAY: Final = folded(
    r"\b(?:treatment today|treatment provided|today's (?:treatment|session)|tolerated|97\d{3}|timed|minutes of|"
    r"progress note|daily note)\b"
)
_TITLE: Final = 400  # code points: a title may stand below the lines of clinic, patient and insurer
_TITLE_BLOCK: Final = 200  # code points of a title with what it is of
_HEAD: Final = 260  # code points of three lines, in one of which a note of an evaluation calls itself so


def is_summary(low: str) -> bool:
    """The note is headed as a summary of discharge."""
    return ("discharge" in low or "d/c" in low) and _SUMMARY.search(low, 0, _TITLE) is not None


def closes_care(low: str) -> bool:
    """The head of the note speaks of a discharge: its last visit is this one."""
    return low.find("discharge", 0, _TITLE_BLOCK) >= 0


def looks_back(low: str) -> bool:
    """The note looks back on a course of treatment: it speaks of attendance or sessions, and sums them up."""
    return any(word in low for word in _SEVERAL_VISITS) and _COURSE.search(low) is not None


def is_evaluation(low: str, gates: int) -> bool:
    """The note is headed as an evaluation, or tells the history of a patient who was referred and no treatment;
    ``gates`` are those of the note.
    """
    if low.find("eval", 0, _HEAD) >= 0 and _EVALUATION.match(low, 0, _HEAD) is not None:
        return True
    return (
        "referred" in low
        and gates & _FIRST_VISIT_GATE != 0
        and _FIRST_VISIT.search(low) is not None
        and not _TREATED_TODAY.search(low)
    )
