"""Plain words that stand for a service because they are written as a named service beside them is written: "Therapeutic
activities: 26; exercise: 14", "26 TA, 14 strengthening". What is compared is the notation, not the figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from quarterhour.notes.figures.numbers import NUMBER
from quarterhour.notes.wording.patterns import folded

_CLOCKS: Final = r"\d{1,2}:?\d\d ?(?:[ap]m?)? ?-{1,2} ?\d{1,2}:?\d\d(?: ?[ap]m?\b)?"
_UNIT: Final = r"(?:units?|u|min(?:ute)?s?|mins?|m|gp|go|gn|for|took|was|lasted|of|on|to|went|x|1:1|qty)"
_TOKEN: Final = rf"(?:{_CLOCKS}|{NUMBER}|(?<![a-z]){_UNIT}(?![a-z])|[ \t:=()\[\]|~@.'*/_-])"
_BEHIND: Final = folded(rf",?{_TOKEN}{{1,14}}")
_AHEAD: Final = folded(rf"{_TOKEN}{{1,14}}\Z")
_FIGURE: Final = folded(rf"{_CLOCKS}|{NUMBER}")
_GAP: Final = folded(r"[ \t.]+|-{2,}")
#: What a figure counts when it is no time.
_COUNTED: Final = folded(
    r" ?(?:reps?|sets?|x|lbs?|kg|#|ft|feet|steps?|trials?|times|sec\w*|s\b|deg\w*|%|visits?|days?|weeks?|wks?|in\b|cm)"
)
_EDGES: Final = " ,\t()[]|./:-'"
_REACH: Final = 32  # code points around a name that may tell its minutes
# Nothing of a longer name stands before the word: not "standing activity 10 min".
_OPENS: Final = folded(r"(?:[\n;,.:/+&|()\]*>-] {0,4}|\b(?:and|then|plus|min) |\d[um']? |  )\Z")
_NEAR: Final = 6  # code points
_LINES: Final = 2  # so many lines apart may the two be


def written_alike(low: str, start: int, end: int, named: Iterable[tuple[int, int]]) -> bool:
    """The word at [start, end) has a figure behind or before it in the notation of one of the ``named`` services."""
    opens = not start or _OPENS.search(low, max(0, start - _NEAR), start) is not None
    behind, ahead = (_behind(low, end) if opens else ""), _ahead(low, start)
    if not behind and not ahead:
        return False
    for first, last in named:
        if low.count("\n", min(start, last), max(start, last)) <= _LINES and (
            _same(behind, _behind(low, last)) or (ahead and ahead == _ahead(low, first))
        ):
            return True
    return False


def _same(one: str, other: str) -> bool:
    """Both tell a figure in one way; what one of them tells more stands behind it: "for 26, ... for 14 minutes"."""
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))


def _behind(low: str, end: int) -> str:
    match = _BEHIND.match(low, end, end + _REACH)
    if match is None or _COUNTED.match(low, match.end()):
        return ""
    return _notation(match[0])


def _ahead(low: str, start: int) -> str:
    match = _AHEAD.search(low, max(low.rfind("\n", 0, start) + 1, start - _REACH), start)
    return _notation(match[0]) if match is not None else ""


def _notation(words: str) -> str:
    """``words`` with "#" for each figure and one blank for each gap; "" where no figure stands in them."""
    shape = _GAP.sub(" ", _FIGURE.sub("#", words)).replace("units", "unit")
    return shape.strip(_EDGES) if "#" in shape and "# x" not in shape and "#x" not in shape else ""
