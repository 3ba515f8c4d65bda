"""Where in a note a statement of time is one on this visit."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.document import Document
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import QUIET


def fits(document: Document, place: int) -> bool:
    """A statement of time at ``place`` is one on this visit: not in the plan or a goal, unless a total opens a line or
    a sentence below the plan.
    """
    if any(cell.start <= place < cell.end and cell.status == "prior_visit" for cell in document.cells):
        return False
    for section in document.sections:
        if section.start <= place < section.end:
            if section.name in QUIET and place - section.start > 400:
                return True
            holder = document.holding(place) if section.name == "goals" else None
            if holder is not None and holder.section not in QUIET:
                return True
            return section.name not in QUIET or (
                section.name == "plan"
                and place > section.body
                and (_is_named(document.low, _opening(document.low, place)) or _is_of_figures(document, place))
            )
    return True


def _is_of_figures(document: Document, place: int) -> bool:
    """The line of ``place`` has nothing but names of times and their figures: "45 min total."."""
    return _FIGURES.fullmatch(document.low, *document.line_at(place)) is not None


def _is_named(low: str, place: int) -> bool:
    """What opens at ``place`` is named as a time of the visit."""
    return low.startswith(_NAMES, place) or _CLOCKED.match(low, place) is not None


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
)
_CLOCKED: Final = folded(
    r"(?:(?:tx|treatment|session|visit|clock) )?"
    r"(?:time|in|start(?:ed)?|began|begin|arrived|session|seen|clock(?:ed)? in)"
    r"(?: (?:time|at|from))?[ :@=-]{1,3}\d\d?[:.]?\d\d"
)
_OPENS: Final = folded(r"(?:\n[ \t]*|[.;] )$")
# Nothing but names of times, their figures and what joins them: "Total timed: 48 min   Total tx time: 60 min   ".
_FIGURES: Final = folded(
    r"(?:(?:total|tot|timed|untimed|time|times|treatment|tx|therapy|session|visit|service|code|codes|billable|direct|"
    r"contact|minutes?|mins?|min|m|units?|u|tct|tcm|ttm|ttt|date|dos|of|and|for|from|start|began)\b|[^a-z\n])*"
)


_SHORT: Final = 8  # so many words may stand before a total in a line that opens with one


def _opening(low: str, place: int) -> int:
    """Where the line of figures begins that the statement at ``place`` stands in; ``place`` where it opens one itself,
    the end of the text where it does neither.
    """
    if _OPENS.search(low, max(0, place - 3), place) is not None:
        return place
    start = low.rfind("\n", 0, place) + 1
    if start and (low[start:place].count(" ") < _SHORT or _FIGURES.fullmatch(low, start, place)):
        return start
    return len(low)
