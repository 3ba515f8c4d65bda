"""Where a note says of a service that it was given and not billed: "Ice 10 min, not billed". The times that the note
states need not hold its minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded

_SAID: Final = (
    r"(?:(?:not|never|n't) (?:separately )?(?:billed|charged|billable|chargeable|counted(?! (?:in|as) (?:the )?timed))|"
    r"un-?(?:billed|charged)|non-?billable|no[ -]charge|(?:without|free of) charge)\b"
)
_UNBILLED: Final = folded(_SAID)
# Behind the service, where nothing else was told in between: "Ice 10 min to the knee, not billed".
_BEHIND: Final = folded(
    rf"(?:[^.;:\n\d,(|]{{0,40}}[,(|])?[ ,:|(=-]{{0,6}}(?:(?:it|this|that|which|was|is|were|are|and|but) ){{0,3}}{_SAID}"
)
_BEFORE: Final = folded(rf"{_SAID}[ ,:(-]{{1,3}}(?:for |of |the )?$")  # "No charge: ice 10 min"
_UNBILLED_GATE: Final = gate(_UNBILLED)
_REACH: Final = 40  # code points before a service


def says_unbilled(low: str, start: int, end: int) -> bool:
    """Within [start, end) it is told that something was not billed."""
    return _UNBILLED.search(low, start, end) is not None


def find_unbilled(document: Document, services: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Those of ``services``, told at [start, end) in order, of which the note says so."""
    low = document.low
    if not document.gates & _UNBILLED_GATE:
        return ()
    found = []
    for place, (start, end) in enumerate(services):
        first = max(services[place - 1][1] if place else 0, document.line_at(start)[0], start - _REACH)
        last = services[place + 1][0] if place + 1 < len(services) else len(low)
        if (
            says_unbilled(low, start, end)
            or _BEHIND.match(low, end, max(last, end)) is not None
            or _BEFORE.search(low, first, start) is not None
        ):
            found.append((start, end))
    return tuple(found)
