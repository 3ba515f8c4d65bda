"""Where in a note a statement of time is one on this visit."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import QUIET
from quarterhour.notes.wording.patterns import folded

_LONGEST: Final = 400  # code points of a section that tells of other days; what stands further down has left it


def fits(document: Document, place: int) -> bool:
    """A statement of time at ``place`` is one on this visit: not in the plan or a goal, unless a total opens a line or
    a sentence below the plan.
    """
    if any(cell.start <= place < cell.end and cell.status == "prior_visit" for cell in document.cells):
        return False
    section = next((section for section in document.sections if section.start <= place < section.end), None)
    if section is None or section.name not in QUIET or place - section.start > _LONGEST:
        return True
    if section.name == "goals":
        return _is_moved(document, place)
    return section.name == "plan" and place > section.body and _is_total(document, place)


def _is_moved(document: Document, place: int) -> bool:
    """The sentence at ``place`` was written under its heading by mistake: it tells of the visit."""
    sentence = document.holding(place)
    return sentence is not None and sentence.section not in QUIET


def _is_total(document: Document, place: int) -> bool:
    """A total of the visit opens its line or sentence, or the line tells nothing but times: "45 min total."."""
    low = document.low
    opening = _opening(low, place)
    return (
        low.startswith(_NAMES, opening)
        or _CLOCKED.match(low, opening) is not None
        or _FIGURES.fullmatch(low, *document.line_at(place)) is not None
    )


_NAMES: Final = (
    "total",
    "tot ",
    "tt ",
    "ttt",
    "ttm",
    "tcm",
    "timed",
    "time ",
    "minutes",
    "treatment time",
    "treatment min",
    "session time",
    "session length",
    "visit length",
    "visit time",
    "length of ",
)
_CLOCKED: Final = folded(
    r"(?:(?:tx|treatment|session|visit|clock) )?"
    r"(?:time|in|start(?:ed)?|began|begin|arrived|session|seen|clock(?:ed)? in)"
    r"(?: (?:time|at|from))?[ :@=-]{1,3}\d\d?[:.]?\d\d"
)
# Nothing but names of times, their figures and what joins them: "Total timed: 48 min   Total tx time: 60 min   ".
_FIGURES: Final = folded(
    r"(?:(?:total|tot|timed|untimed|time|times|treatment|tx|therapy|session|visit|service|code|codes|billable|direct|"
    r"contact|minutes?|mins?|min|m|units?|u|tct|tcm|ttm|ttt|date|dos|of|and|for|from|start|began)\b|[^a-z\n])*"
)


def _opening(low: str, place: int) -> int:
    """Where the line of figures begins that the statement at ``place`` stands in; ``place`` where it opens one itself,
    the end of the text where it does neither.
    """
    if _OPENS.search(low, max(0, place - _MARK), place) is not None:
        return place
    start = low.rfind("\n", 0, place) + 1
    if start and (low[start:place].count(" ") < _SHORT or _FIGURES.fullmatch(low, start, place)):
        return start
    return len(low)


_OPENS: Final = folded(r"(?:\n[ \t]*|[.;] )$")
_MARK: Final = 3  # code points of a line end and an indent, or of a stop, before what opens a line or a sentence
_SHORT: Final = 8  # words before a total in a line that opens with one
