"""Units that a note writes beside a service: "97530 23 min, 3 units", "97110 x 2 (30 min)". They are what somebody
means to bill, and are held against the minutes; none is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quarterhour.domain.reading import PERFORMED, UnitsTold
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import Service
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded

# One set of characters comes first: the search stops nowhere else.
_UNITS: Final = folded(
    r"[1-9u](?:(?<=(\d))(?<![\d.,/].) ?(?:timed )?(?:units?|u)\b(?! (?:of|left|remain|per|auth))|"
    r"(?<=\bu)nits? ?[:=] ?([1-9])\b)"
)
# Behind the number of a code: "97530 x 2 (23 min)"; "x 2 sets" and "x 100 ft" tell of work.
_TIMES: Final = folded(r"9\d{4}\)? ?x ?([1-9])(?!\d)(?=[ ]?(?:units?\b|[,:;(|)=-]|\r?\n|$|for \d|\d{1,3} ?min))")
_OTHERWISE: Final = folded(r"\btotal[a-z ]*$|\bauth[a-z. ]*$")
_UNITS_GATE: Final = gate(_UNITS, _TIMES)
_BEFORE: Final = 24  # code points before the number that say of what it is


def find_units(document: Document, services: Sequence[Service]) -> tuple[UnitsTold, ...]:
    """Units written in the line of a performed service, behind its name and before the next; of a line that gives
    some of its services none nobody knows whose they are.
    """
    if not document.gates & _UNITS_GATE:
        return ()
    by_line: dict[int, list[Service]] = {}
    for service in services:
        if service.status == PERFORMED:
            by_line.setdefault(document.line_at(service.anchor)[0], []).append(service)
    found: list[UnitsTold] = []
    for row in by_line.values():
        told = list(_told(document, sorted(row, key=lambda one: one.anchor)))
        if len(told) == len(row):
            found += told
    return tuple(sorted(found, key=lambda one: one.start))


def _told(document: Document, row: Sequence[Service]) -> Iterator[UnitsTold]:
    """The units of each service of a line that has exactly one number of them."""
    low, line_end = document.low, document.line_at(row[0].anchor)[1]
    for place, service in enumerate(row):
        last = row[place + 1].anchor if place + 1 < len(row) else line_end
        numbers = {
            (match.start(), match.end(), int(match[match.lastindex or 1]))
            for pattern in (_UNITS, _TIMES)
            for match in pattern.finditer(low, service.anchor, last)
            if _OTHERWISE.search(low, max(service.anchor, match.start() - _BEFORE), match.start()) is None
        }
        if len({units for _, _, units in numbers}) == 1:
            start, end, units = min(numbers)
            yield UnitsTold(start, end, service.code, units)
