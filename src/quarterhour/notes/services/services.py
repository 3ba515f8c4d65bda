"""Services of a note: what names one, and what the note says of it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final, NamedTuple

import msgspec

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.figures.clocks import Clock
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.unbilled import says_unbilled
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

SERVICE: Final = BIT["service"]
TECHNIQUE: Final = BIT["technique"]
#: Labels that are also everyday words: a service only where minutes or a code stand beside them.
WEAK: Final = BIT["weak_label"]
#: Sections that tell of other days than this visit.
QUIET: Final = frozenset({"plan", "goals", "history", "home_program"})
#: Those, and what the patient tells of the time between the visits.
OUTSIDE_VISIT: Final = QUIET | {"subjective"}
#: What stands for the code of an evaluation whose number the note does not give.
EVALUATION: Final = "evaluation"
# How their numbers begin; 92526 is treatment.
_EVALUATION_CODES: Final = ("9716", "92521", "92522", "92523", "92524", "9261", "9262")


class Label(msgspec.Struct, gc=False):
    """A service named at [start, end): its code, the words, and whether the words alone name a service."""

    start: int
    end: int
    code: str
    sentence: Sentence
    strong: bool
    numbered: bool


class Told(NamedTuple):
    """A label and its minutes, told at [start, end) of the text."""

    label: Label
    value: int
    start: int
    end: int


class Service(msgspec.Struct, gc=False):
    """A service with its minutes (None: not stated) at [start, end) of the text; ``anchor`` is where its label
    starts, ``clock`` the range of clock times the note gives it.
    """

    label: str
    code: str
    minutes: int | None
    status: str
    start: int
    end: int
    anchor: int
    line: int
    derived: bool = False
    clock: Clock | None = None


def is_evaluation(code: str) -> bool:
    """The code is one of evaluation or re-evaluation, or the word for it where the note gives no number."""
    return code == EVALUATION or code.startswith(_EVALUATION_CODES)


def minutes_told(services: Sequence[Service], codes: Container[str] | None = None) -> int:
    """The minutes told of the performed services, or of those with one of ``codes``, taken together."""
    return sum(
        service.minutes or 0
        for service in services
        if service.status == PERFORMED and (codes is None or service.code in codes)
    )


def minutes_of_all(services: Sequence[Service], least: int = 1) -> int | None:
    """What the performed services, ``least`` in number, take together; None where the minutes of one are not told."""
    minutes = [service.minutes for service in services if service.status == PERFORMED]
    told = [value for value in minutes if value is not None]
    return sum(told) if least <= len(minutes) == len(told) else None


def service_of(document: Document, label: Label, value: int | None, start: int, end: int) -> Service:
    """The service of a label with ``value`` minutes told at [start, end), and the status its words give it.

    A code that is told once more behind its minutes makes a label longer than what was told: the span holds both.
    """
    return Service(
        label=document.text[label.start : label.end],
        code=label.code,
        minutes=value,
        status=_status(document, label),
        start=min(start, label.start),
        end=max(end, label.end),
        anchor=label.start,
        line=label.sentence.line,
    )


def left_out(document: Document, label: Label) -> Service:
    """The service of a label that its row tells was not given."""
    service = service_of(document, label, None, label.start, label.end)
    service.status = "negated"
    return service


def _status(document: Document, label: Label) -> str:
    """What the words around the label say of it; uncertain where the patient did it at home or another one gave it."""
    if _is_used_at_home(document, label) or _is_of_another(document, label):
        return "uncertain"
    status = status_of(document, label.sentence, label.start, label.end)
    if status == "negated" and says_unbilled(document.low, label.start, label.end):
        status = PERFORMED  # "Ice, not billed (97010)"
    return "planned" if status == PERFORMED and label.sentence.section in QUIET else status


def _is_used_at_home(document: Document, label: Label) -> bool:
    """The patient tells of a modality: "ice 20 min helped"."""
    modality = label.code in document.lexicon.codes.modality
    return modality and label.sentence.section == "subjective" and not label.numbered


def _is_of_another(document: Document, label: Label) -> bool:
    """A therapist of another discipline than the one that signs gave the service."""
    low = document.low
    if document.gates & _OTHER_DISCIPLINE_GATE:
        first, last = document.line_at(label.start)
        first, last = max(first, label.start - _WHO), min(max(last, label.end), label.end + _DID)
        behind = _BY_ANOTHER.match(low, label.end)
        told = [behind] if behind is not None else list(_OTHER_DISCIPLINE.finditer(low, first, last))
        if told and not _signs(low, told[-1][told[-1].lastgroup or 0]):
            return True
    return low[label.start : label.end] in _SPEECH_PROFESSION and _signed_by_another(low)


def _signs(low: str, who: str) -> bool:
    """The note ends with a credential of the discipline that ``who`` names, so that the writer is meant: in its last
    line, or behind the name in one above it ("Lena Ortiz, OTR/L", then the number of a license).
    """
    closing = low.rstrip()[-_SIGNATURE:]
    last = closing[max(closing.rfind("\n"), closing.rfind(". ")) + 1 :]
    signed = list(_CREDENTIAL.finditer(last)) or list(_BEHIND_NAME.finditer(closing))
    return any(match.lastgroup == _DISCIPLINE.get(who, "") for match in signed)


_CREDENTIALS: Final = (
    r"(?:(?P<pt>pta?|dpt|mpt|mspt|physical therapist)|(?P<ot>otr|ota?|cota|otd|motr?|occupational therapist)|"
    r"(?P<slp>slpa?|ccc|cfy|speech(?:[- ]language)? (?:pathologist|therapist)))\b"
)
_CREDENTIAL: Final = folded(rf"\b{_CREDENTIALS}")
_BEHIND_NAME: Final = folded(rf"[a-z.], ?{_CREDENTIALS}")
_DISCIPLINE: Final = {"pt": "pt", "pta": "pt", "ot": "ot", "cota": "ot", "slp": "slp", "st": "slp"}
_OTHER_DISCIPLINE: Final = folded(
    r"\b(?P<who>pt|ot|slp|st|cota|pta) (?:bills|billed|will bill|charges|charged|provided|saw|was (?:in|here|there)|"
    r"came in|visited)\b|"
    r"\bseen separately|\bbilled by(?: (?:the )?(?P<by>pta?|ot|slp|st|cota)\b)?|\bseparate (?:ot|pt|slp)"
)
# Behind the minutes: "97112 22 min billed by PT".
_BY_ANOTHER: Final = folded(
    r"[ :,(-]{0,3}(?:x ?\d )?\(?(?:\d+ ?min\w*)?\)?,? (?:was |were )?(?:billed|provided|charged|given) by (?:the )?"
    r"(?P<who>pta?|ot|slp|st|cota)\b"
)
_OTHER_DISCIPLINE_GATE: Final = gate(_OTHER_DISCIPLINE, _BY_ANOTHER)
_WHO: Final = 60  # code points of who gave a service before its name
_DID: Final = 12  # code points of what another discipline did behind its name
# Names of speech therapy that are those of its profession: in a note that another one signs, a visit of theirs.
_SPEECH_PROFESSION: Final = frozenset({"st", "slp", "speech", "speech therapy"})


def _signed_by_another(low: str) -> bool:
    """The note ends with the credentials of another profession than speech therapy."""
    closing = max(0, len(low) - _SIGNATURE)
    return _SIGNED_OTHERWISE.search(low, closing) is not None and _SIGNED_SO.search(low, closing) is None


_SIGNATURE: Final = 120  # code points that name and credential take at the end of a note
_SIGNED_OTHERWISE: Final = folded(r"\b(?:pta?|dpt|mpt|otr|ota?|cota|otd)\b")
_SIGNED_SO: Final = folded(r"\b(?:slp|ccc|cfy)\b")
