"""Services named in a note: labels and procedure code numbers, merged where one line names the same service twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.alike import written_alike
from quarterhour.notes.clauses import Sentence
from quarterhour.notes.clocks import Clock
from quarterhour.notes.document import Document
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT, Hit
from quarterhour.notes.numbers import NUMBER, WORD
from quarterhour.notes.patterns import folded
from quarterhour.notes.spans import started
from quarterhour.notes.spoken import find_spoken_codes
from quarterhour.notes.status import status_of
from quarterhour.notes.text import Source

SERVICE: Final = BIT["service"]
_CODE_SHAPE: Final = folded(r"9\d{4}|g0\d{3}|l\d{4}")
_CODE: Final = folded(
    r"(?:97\d{3}|92[56]\d\d|9260[5-9]|92610|92[56]\d\d|9512\d|95992|96125|96110|96112|9091[01]|"
    r"g0283|g0\d{3}|98\d{3}|l[1-4]\d{3})(?!\d|/(?!(?!59)[1-9]\d(?![\d/])))"
)
# Labels that are also everyday words: a service only where minutes or a code stand beside them.
_WEAK: Final = BIT["weak_label"]


#: Sections that tell of other days than this visit.
QUIET: Final = frozenset({"plan", "goals", "history", "home_program"})
#: Services that therapists also write of in metres.
MOVED: Final = frozenset({"97116", "97542", "97113"})
_OTHER_DISCIPLINE: Final = folded(
    r"\b(pt|ot|slp|st|cota|pta) (?:bills|billed|will bill|charges|provided|saw|was (?:in|here|there)|came in|"
    r"visited)\b|"
    r"\bseen separately|\bbilled by|\bseparate (?:ot|pt|slp)"
)
_OTHER_DISCIPLINE_GATE: Final = gate(_OTHER_DISCIPLINE)


_DID: Final = 12  # code points of what another discipline did behind its name


# Speech therapy by the name of its profession, in a note that somebody of another signs: a visit of the other's.
_BY_PROFESSION: Final = frozenset({"st", "slp", "speech", "speech therapy"})
_SIGNED_OTHERWISE: Final = folded(r"\b(?:pta?|dpt|mpt|otr|ota?|cota|otd)\b")
_SIGNED_SO: Final = folded(r"\b(?:slp|ccc|cfy)\b")
_SIGNATURE: Final = 120  # code points that name and credential take at the end of a note


def _signed_by_another(document: Document) -> bool:
    low = document.low
    closing = max(0, len(low) - _SIGNATURE)
    return _SIGNED_OTHERWISE.search(low, closing) is not None and _SIGNED_SO.search(low, closing) is None


class Label(msgspec.Struct, gc=False):
    """A service named at [start, end): its code, the words, and whether the words alone name a service."""

    start: int
    end: int
    code: str
    sentence: Sentence
    strong: bool
    numbered: bool


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


def find_labels(document: Document) -> list[Label]:
    """Labels and code numbers in order; neighbours that name the same service are one."""
    low = document.low
    found: list[Label] = []
    sentences = document.sentences
    if document.mask & SERVICE:
        for sentence in sentences:
            if sentence.mask & SERVICE:
                found.extend(
                    Label(hit.start, hit.end, hit.values["service"], sentence, not hit.mask & _WEAK, False)
                    for hit in sentence.hits
                    if hit.mask & SERVICE
                )
    if len(found) < 2 and (":" in low or "=" in low):
        found.extend(_terse(document))
    codes = [(start, end, low[start:end].upper()) for start, end in _codes(document.source)]
    codes += [told for told in find_spoken_codes(low) if _CODE.fullmatch(told[2])]
    if codes:
        index = 0
        for start, end, code in codes:
            while index + 1 < len(sentences) and sentences[index + 1].start <= start:
                index += 1
            found.append(Label(start, end, code, sentences[index], True, True))
        found.sort(key=lambda label: label.start)
    merged: list[Label] = []
    for label in found:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.sentence.line == label.sentence.line
            and _same(last, label)
            and _near(low, last.end, label.start)
        ):
            last.end = label.end
            last.strong = last.strong or label.strong
            if label.numbered and not last.numbered:
                last.code = label.code
            last.numbered = last.numbered or label.numbered
            continue
        merged.append(label)
    if document.mask & TECHNIQUE:
        merged.extend(_techniques(document, merged))
        merged.sort(key=lambda label: label.start)
    for label in merged:
        label.strong = label.strong or _heads_row(document, label)
    merged = [
        label
        for label in merged
        if label.strong
        or not _PURPOSE.search(low, max(label.sentence.start, label.start - _PURPOSE_REACH), label.start)
    ]
    coded = {label.code for label in merged if label.numbered}
    merged = [
        label
        for label in merged
        if (
            label.numbered
            or label.code not in coded
            or not _DELIVERY.search(low, max(0, label.start - 20), label.start)
        )
        and not _is_title(low, label)
    ]
    merged = merged[_heads_note(low, merged) :]
    for label in merged:
        if low[label.end : label.end + 1] == ")" and low.find("(", label.start, label.end) >= 0:
            label.end += 1
    return merged


def _heads_row(document: Document, label: Label) -> bool:
    """The name opens a row that ends in a figure, or a line above one of minutes: "TA ..... 26", "TE | 1 u | 14"."""
    low, start = document.low, label.start
    opens = not low[low.rfind("\n", 0, start) + 1 : start].strip(" \t|*-")
    return opens and _ROW.match(low, label.end) is not None


_ROW: Final = folded(
    r" ?(?:\.{2,}| {2,}|\t|\|)(?:[^\na-z]|u(?:nits?)?\b)*\b\d{1,2} ?(?:min\w*)?(?:[ \t]*(?:\||\r?\n|\Z)|\t| {2,}\d)|"
    r"[ \t]*\r?\n[ \t]*\d{1,2} ?(?:min|')"
)


def _is_title(low: str, label: Label) -> bool:
    """The label opens a line with the day behind it, and so names the note: "Speech 3/11/26, 1:15-1:45 (30 min)"."""
    return (
        label.code == _SPEECH
        and not label.numbered
        and (not label.start or low[label.start - 1] == "\n")
        and any(0 < date.start - label.end < _OPENING for date in label.sentence.dates)
    )


_SPEECH: Final = "92507"  # the one label that is also the name of a discipline
# How the service of a code told elsewhere was delivered: "Format: group, 5 clients".
_DELIVERY: Final = folded(r"\b(?:format|mode|type|delivery|delivered as)[ :=]{1,3}$")

TECHNIQUE: Final = BIT["technique"]
_OPENING: Final = 3  # so many code points may stand before a word that opens its sentence: a bullet, a bracket
_HEADED: Final = folded(r"[a-z]{1,14}: ?")  # "O: Voice therapy"
_MINUTES_BEHIND: Final = folded(r"[ :(x@-]{1,4}\d| (?:for|was|took|lasted) ")
_MINUTES_SAID: Final = folded(
    rf"[ :=(x@-]{{1,4}}{NUMBER} ?-?(?:min(?:ute)?s?\b|')| ?[(\[]\d\d?[)\]](?=[,.;)]| and\b|\s*$)"
)
# In a part of the note that tells nothing but minutes: "exercise twenty-one."
_WORDED: Final = folded(rf"[ :=-]{{1,3}}{WORD}(?:[ -]{WORD})?(?=[.;,]| ?$)")
# Nothing but a bullet, a number or a range of clock times: "08:27-08:44  Exercise (17 min)".
_LEAD: Final = folded(r"(?:[^a-z]|[ap]\.?m?\b)*")
_NEXT_IN_LIST: Final = folded(
    r"(?:min(?:ute)?s?\b|['\d)\]])[ .]{0,2}(?:[,;/|+&.]|(?= and))[ ]{0,2}(?:and )?(?:[a-z]{4,12} )?$"
)
_TIMED_BEFORE: Final = folded(r"(?:\d|[a-z]) ?(?:min(?:ute)?s?|') (?:of |for |on |- ?)?$")


def _techniques(document: Document, named: list[Label]) -> list[Label]:
    """Techniques and plain words that stand for a service named nowhere else: at the start of a sentence, or behind
    minutes in a list of services.
    """
    known = {label.code for label in named}
    plain = not any(label.strong or label.numbered for label in named)
    worded = not any(label.numbered for label in named)
    return [
        Label(hit.start, hit.end, hit.values["technique"], sentence, False, False)
        for sentence in document.sentences
        if sentence.mask & TECHNIQUE and sentence.section not in QUIET and sentence.section != "subjective"
        for hit in sentence.hits
        if hit.mask & TECHNIQUE
        and hit.values["technique"] not in known
        and (
            _stands_for(document.low, sentence, hit, plain, worded)
            or (worded and written_alike(document.low, hit.start, hit.end, _around(named, hit.start)))
        )
    ]


def _around(named: Sequence[Label], place: int) -> Iterator[tuple[int, int]]:
    """[start, end) of the services named near ``place``."""
    return ((label.start, label.end) for label in started(named, place - _NEAR_BY, place + _NEAR_BY))


_NEAR_BY: Final = 240  # code points


def _stands_for(low: str, sentence: Sentence, hit: Hit, plain: bool, worded: bool) -> bool:
    """``plain``: the note names no service by its own name; else only a manual technique may open a sentence, or a
    word its minutes stand directly behind where all services are ``worded``: named without their numbers.
    """
    headed = _HEADED.fullmatch(low, sentence.start, hit.start) is not None
    opens = (headed or hit.start - sentence.start < _OPENING) and (plain or hit.values["technique"] == "97140")
    if opens and (" " in low[hit.start : hit.end] or _MINUTES_BEHIND.match(low, hit.end)):
        return True
    if (
        worded
        and _MINUTES_SAID.match(low, hit.end) is not None
        and (
            _LEAD.fullmatch(low, max(sentence.start, hit.start - 40), hit.start)
            or _NEXT_IN_LIST.search(low, max(sentence.start, hit.start - 12), hit.start)
        )
    ):
        return True
    if sentence.section == "time" and worded and _WORDED.match(low, hit.end) is not None:
        return True
    return _TIMED_BEFORE.search(low, max(sentence.start, hit.start - 20), hit.start) is not None


# Abbreviations in small letters are services only before minutes: "te :23  ta :10".
_SMALL: Final = folded(r"(?<![a-z/])(te|ta|mt|nmr|gt|us)(?= ?[:=] ?:?\d{1,2}(?![\d:/x]))")
_SMALL_CODES: Final = {"te": "97110", "ta": "97530", "mt": "97140", "nmr": "97112", "gt": "97116", "us": "97035"}


def _terse(document: Document) -> list[Label]:
    found = []
    for match in _SMALL.finditer(document.low):
        holder = next((s for s in document.sentences if s.start <= match.start() < s.end), None)
        if holder is not None and document.text[match.start() : match.end()].islower():
            found.append(Label(match.start(), match.end(), _SMALL_CODES[match[1]], holder, True, False))
    return found if len(found) > 1 else []


# What a treatment is for, not a service of its own: "functional activities to improve ADL performance".
_PURPOSE: Final = folded(
    r"\b(?:to (?:improve|increase|promote|address|maximi[sz]e|restore|facilitate|enhance|support|progress|"
    r"optimi[sz]e)|for (?:improved|"
    r"increased|better|safe|safer)|needed for|required for|in order to) [^.:;\n\d]{0,60}$"
)

_PURPOSE_REACH: Final = 100  # code points


def _codes(source: Source) -> list[tuple[int, int]]:
    low = source.low
    if "9" not in low and "g0" not in low and "l" not in low:
        return []
    return [
        match.span()
        for match in _CODE_SHAPE.finditer(low)
        if _CODE.match(low, match.start()) and (not match.start() or not _stands_on(low, match.start()))
    ]


def _stands_on(low: str, place: int) -> bool:
    """A figure goes on from what stands before it; a slash behind a word or minutes only parts the two."""
    before = low[place - 1]
    return (
        before.isalnum() or before in "._" or (before == "/" and _PARTED.search(low, max(0, place - 4), place) is None)
    )


_PARTED: Final = folded(r"(?:[a-z]|(?<![\d/.])\d\d?)/\Z")  # "TherEx/97110", "25/97530"


_ALIKE: Final = frozenset(
    {
        frozenset({"97032", "G0283"}),
        frozenset({"97014", "G0283"}),
        frozenset({"97129", "97130"}),
        frozenset({"97110", "97113"}),
        frozenset({"97110", "97150"}),
        frozenset({"92507", "92508"}),
    }
)


def _same(first: Label, second: Label) -> bool:
    """One names what the other names; a code number beside words that may mean it is the same service."""
    if first.code == second.code:
        return True
    if first.numbered == second.numbered:
        return False
    if "evaluation" in (first.code, second.code):
        return is_evaluation((first if first.numbered else second).code)
    return frozenset({first.code, second.code}) in _ALIKE or not (first if second.numbered else second).strong


def _heads_note(low: str, labels: Sequence[Label]) -> bool:
    """The first label is the title of the note, "OT EVALUATION  1:00 PM - 2:00 PM  60 min", whose time is the visit's:
    the evaluation stands below it by its code, with its own minutes.
    """
    if len(labels) < 2 or labels[0].code != "evaluation" or "\n" in low[: labels[0].start].strip():
        return False
    title_end = low.find("\n", labels[0].end)
    if title_end < 0 or _MINUTES.search(low, labels[0].end, title_end) is None:
        return False
    for label in labels[1:]:
        if label.numbered and is_evaluation(label.code):
            line_end = low.find("\n", label.end)
            return _MINUTES.search(low, label.end, len(low) if line_end < 0 else line_end) is not None
    return False


def is_evaluation(code: str) -> bool:
    """The code is one of evaluation or re-evaluation, or the word for it where the note gives no number."""
    return code == "evaluation" or code.startswith(_EVALUATIONS)


_EVALUATIONS: Final = ("9716", "9252", "9261", "9262")
_BETWEEN: Final = folded(r"[^a-z;.]*(?:[a-z]{1,12}[^a-z;.]*){0,3}$")
_MINUTES: Final = folded(r"\bmin|\d'|\d ?m\b")
_FIGURE: Final = folded(r"\d ?: ")  # "SC 15: ADLs": the first has its figure


def _near(low: str, start: int, end: int) -> bool:
    gap = low[start:end]
    return (
        len(gap) < 40
        and "\n" not in gap
        and (_BETWEEN.match(gap) is not None)
        and not _MINUTES.search(gap)
        and not _FIGURE.search(gap)
        and "+" not in gap
    )


def service_of(document: Document, label: Label, value: int | None, start: int, end: int) -> Service:
    """The service of a label with ``value`` minutes told at [start, end), and the status its words give it.

    A code that is told once more behind its minutes makes a label longer than what was told: the span holds both.
    """
    status = status_of(document, label.sentence, label.start, label.end)
    if status == PERFORMED and label.sentence.section in QUIET:
        status = "planned"
    if label.sentence.section == "subjective" and label.code in document.lexicon.codes.modality and not label.numbered:
        status = "uncertain"  # what the patient does at home: "ice 20 min helped"
    line_start = document.low.rfind("\n", 0, label.start) + 1
    before = max(line_start, label.start - 60)
    if document.gates & _OTHER_DISCIPLINE_GATE and _OTHER_DISCIPLINE.search(document.low, before, label.end + _DID):
        status = "uncertain"
    if document.low[label.start : label.end] in _BY_PROFESSION and _signed_by_another(document):
        status = "uncertain"
    return Service(
        label=document.text[label.start : label.end],
        code=label.code,
        minutes=value,
        status=status,
        start=min(start, label.start),
        end=max(end, label.end),
        anchor=label.start,
        line=label.sentence.line,
    )
