"""Where a note says that an assistant gave a service, and how many of its minutes; one who helps or stands by gives
none, and minutes of therapist and assistant together are the therapist's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quarterhour.domain.reading import PERFORMED, AssistantTold
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.services import OUTSIDE_VISIT, Service
from quarterhour.notes.wording.gates import gate, openings
from quarterhour.notes.wording.patterns import folded

#: One of them opens every name of an assistant.
_NAMED: Final = openings("pta", "lpta", "ota", "cota", "therapy assistant", "therapist assistant")
_A: Final = (
    r"(?:l?pta|c?ota(?:/l)?|(?:physical |occupational )?therap(?:y|ist) assistant)\b"
    r"(?! ?(?:student|present|stand|stood|assist|help|as (?:a )?(?:second|2nd)|for (?:safety|second)|"
    r"was (?:a )?second))"
)
#: A name before the credential: "Sam Lee, ", "K. Ruiz ".
_NAME: Final = r"(?:(?!(?:and|with|pt|dpt|otr?|therapist)\b)[a-z][\w.'-]*,? ){0,4}?"
_GAVE: Final = (
    r"(?:provided|performed|furnished|rendered|done|led|completed|administered|given|conducted|run|ran|delivered|"
    r"carried out|instructed|taught|directed|treated|seen)"
)
_MINUTES: Final = r"(?P<{}>\d{{1,3}}) ?min(?:ute)?s?\b"
# Who gave it, in a sentence or in a field at the head: "provided by Sam Lee, PTA", "Clinician today: P. Hall, PTA".
_BY: Final = folded(
    rf"\b{_GAVE} (?:[a-z]+ ){{0,2}}?by (?:an? |the |our )?(?!(?:the )?(?:pt|ot)\b){_NAME}{_A}|"
    r"\b(?:clinician|provider|therapist|therapist assistant|treating(?: clinician| therapist| provider)?|treated by|"
    rf"given by|rendered by|furnished by)(?: of record)?(?: today)?(?: was| is)? ?: ?{_NAME}{_A}|"
    rf"\b(?<!with )(?<!and )(?<!supervised ){_A} (?:then |alone |independently )?(?:provided|performed|furnished|led|"
    rf"completed|conducted|ran|delivered|carried out|carried on|treated|took over|continued with)\b|"
    rf"(?:^|(?<=\n)) ?{_A} (?:daily|treatment|visit|progress|tx)? ?note\b"
)
# With minutes, or with a service before it: "last 15 min by PTA", "(PT 15 min, PTA 15 min)", "97530 | PTA | 1000-1016".
_SHARE: Final = folded(
    rf"\b{_MINUTES.format('before')},? ?\(?(?:(?:by|with|from|alone by) )?(?:an? |the )?(?!(?:pt|ot)\b){_NAME}{_A}"
    rf"(?! ?[:=,-]? ?\d{{1,3}} ?min)|"
    rf"\b(?<!and ){_A}(?: alone| portion| time| share)? ?[:=-]? ?{_MINUTES.format('behind')}(?! (?:late|break|before))|"
    rf"\b(?P<code>9\d{{4}}|g0283) ?[|/(]? ?{_A} ?[|/):]"
)
#: A signature beside that of who answers for it: "Cosigned: K. Ruiz, PT".
_COSIGNED: Final = folded(r"\bco-? ?sign(?:ed|ature|er)?\b|\bcountersign\w*|\breviewed (?:and|&) (?:co-?)?signed\b")
_SIGNER: Final = folded(rf"\b{_A}")
_COSIGNED_GATE: Final = gate(_COSIGNED)
# What says that the two treated together, or that the assistant is not of today.
_TOGETHER: Final = folded(r"\b(?:pt|ot|otr|therapist) (?:and|&|with|/) ?(?:the )?$")
_BEFORE: Final = 16  # code points


def find_assistants(
    document: Document, services: Sequence[Service], signed: Sequence[tuple[int, int]]
) -> tuple[AssistantTold, ...]:
    """Every such statement about this visit, with the code and the minutes it tells of where it does.

    ``signed`` are the signatures: that of an assistant under a therapist's cosignature is such a statement too.
    """
    found = {one.start: one for one in _told(document, services)}
    if not found and document.gates & _COSIGNED_GATE:
        found = {one.start: one for one in _cosigned(document, signed)}
    return tuple(found[start] for start in sorted(found))


def _told(document: Document, services: Sequence[Service]) -> Iterator[AssistantTold]:
    lines = sorted({document.line_at(place) for place in document.places[_NAMED]})
    for pattern in (_SHARE, _BY):
        for match in (match for line in lines for match in pattern.finditer(document.low, *line)):
            if _is_of_visit(document, match):
                row = _row(document, services, match)
                code, minutes = row.code if row else None, None
                if pattern is _SHARE:
                    code, minutes = match["code"] or code, _minutes(match, row)
                yield AssistantTold(*match.span(), code, minutes)


def _is_of_visit(document: Document, match: re.Match[str]) -> bool:
    """It is told of this visit, and not of both treating together."""
    sentence = document.sentence_at(match.start())
    if sentence is None or sentence.section in OUTSIDE_VISIT:
        return False
    if _TOGETHER.search(document.low, max(0, match.start() - _BEFORE), match.start()):
        return False
    return status_of(document, sentence, *match.span()) == PERFORMED


def _minutes(match: re.Match[str], row: Service | None) -> int | None:
    """The minutes that stand with the assistant, or those of a row that is the assistant's as a whole."""
    told = match["before"] or match["behind"]
    if told:
        return int(told)
    return row.minutes if row is not None and match["code"] and row.code == match["code"] else None


def _row(document: Document, services: Sequence[Service], match: re.Match[str]) -> Service | None:
    """The service last named before it in its line; None where the line names none before it."""
    first, last = document.line_at(match.start())
    named = [one for one in services if one.status == PERFORMED and first <= one.start < min(last, match.end())]
    return max(named, key=lambda one: one.start) if named else None


def _cosigned(document: Document, signed: Sequence[tuple[int, int]]) -> Iterator[AssistantTold]:
    low = document.low
    if not signed or _COSIGNED.search(low, max(0, signed[0][0] - _CLOSE)) is None:
        return
    by = next((place for place in signed if _SIGNER.search(low, *place) is not None), None)
    if by is not None:
        yield AssistantTold(*by, None, None)


_CLOSE: Final = 160  # code points before the first signature that still close the note
