"""Where a note says that an aide gave a service; an aide who helps or stands by gives none."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded

_AIDE: Final = r"(?:rehab(?:ilitation)? |therapy |physical therapy |pt |ot |clinic )?(?:aide|tech(?:nician)?)\b"
_GAVE: Final = (
    r"(?:provided|performed|done|led|completed|administered|given|conducted|run|ran|delivered|carried out|instructed|"
    r"taught|supervised|directed)"
)
_BY: Final = folded(
    rf"\b{_GAVE} (?:[a-z]+ ){{0,2}}?by (?:an? |the |our )?{_AIDE}|"
    rf"(?<!home health )(?<!nurse )\b{_AIDE} (?:then |alone |independently )?{_GAVE}\b"
    r"(?! (?:an? |the )?(?:chair|equipment|towel))|"
    rf"\b\d+ ?min(?:utes|s)? (?:\w+ )?(?:by|with) (?:an? |the |our )?{_AIDE}(?! (?:present|standing|assist))"
)
_BY_GATE: Final = gate(_BY)


def find_aides(document: Document) -> tuple[tuple[int, int], ...]:
    """Begin and end of every such statement about this visit, in code points."""
    low = document.low
    if not document.gates & _BY_GATE:
        return ()
    found = []
    for match in _BY.finditer(low):
        sentence = document.sentence_at(match.start())
        if sentence is not None and status_of(document, sentence, *match.span()) == PERFORMED:
            found.append(match.span())
    return tuple(found)
