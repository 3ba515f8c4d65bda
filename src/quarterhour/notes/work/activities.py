"""Activities: what was done, planned or left out, with the class the whole phrase speaks for.

A phrase is a part of a sentence (between commas, semicolons, colons). Its class comes from the words in it; where
they allow several, from the service it is described under. "Sit to stand" is functional with a task and a place, a
test as 5xSTS. A label of a service is not an activity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.page.clauses import STATUS_CUES, Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.services import QUIET, SERVICE, Label, Service, is_evaluation
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, Hit
from quarterhour.notes.wording.patterns import folded, written
from quarterhour.notes.wording.spans import Spans, started
from quarterhour.notes.work.parts import parts_of
from quarterhour.notes.work.phrases import (
    DOSE,
    FAINT,
    Activity,
    Heading,
    class_of,
    is_motion,
    names_a_task,
    not_done,
    strengthens,
    walks_with_a_task,
)
from quarterhour.notes.work.spoken_of import is_level, is_outcome, is_range_measured, is_spoken_of
from quarterhour.notes.work.unnamed import DID_GATE, siblings, unnamed

_ACTIVITY, _CATEGORY, _CORRECTION = BIT["activity"], BIT["category"], BIT["correction"]
_NAMES: Final = _ACTIVITY | _CATEGORY
_SUM: Final = BIT["total"] | BIT["timed"]
_TREATING: Final = frozenset({"treatment", "objective", "note", "header", "time", "environment", "education"})


def find_activities(document: Document, labels: Sequence[Label], services: Sequence[Service]) -> list[Activity]:
    """Activities in order of place."""
    if not document.mask & _NAMES and not services:
        return []
    labelled = [(label.start, label.end) for label in labels if label.strong or label.numbered]
    spans = Spans([*((service.start, service.end) for service in services), *labelled])
    anchors = {service.anchor for service in services}
    found = _from_services(document, services)
    under, under_line = _NOWHERE, _NO_LINE
    row_line = _NO_LINE
    section = ""
    for sentence, own in _with_labels(document, labels):
        if sentence.section != section:
            section = sentence.section
            if section not in _UNDER_HEADING:
                under = _NOWHERE
        headings = _headings(document, sentence, own, anchors)
        named = bool(headings)
        if named:
            under, under_line = headings[-1], sentence.line
        elif sentence.mask & _SUM and sentence.has_number:
            under = replace(under, told=False)
        elif under.code and sentence.line > under_line + 1 and _passed_by(document, under, sentence):
            under = _NOWHERE
        if not _may_tell(sentence, named, under):
            continue
        if not named:
            headings = [under if sentence.line - under_line <= _HEADING_REACH else _NOWHERE]
        inside = _told_in(document, sentence, headings, spans, found[-1] if found else None)
        found.extend(inside)
        if named and not inside and sentence.end >= document.line_at(sentence.start)[1] - 1:
            if row_line == sentence.line - 1:  # the second row of a table of services
                under = replace(under, told=False)
            row_line = sentence.line
    found.sort(key=lambda item: item.start)
    return _as_siblings(document, found)


_NOWHERE: Final = Heading(-1, "")
_NO_LINE: Final = -9  # as far before the first line as nothing reaches back
_HEADING_REACH: Final = 8  # lines: what stands further below a service is not told under it
_UNDER_HEADING: Final = _TREATING | {"rationale", "response"}


def _with_labels(document: Document, labels: Sequence[Label]) -> Iterator[tuple[Sentence, Sequence[Label]]]:
    """Every sentence with the labels that stand in it, both in order."""
    place = 0
    for sentence in document.sentences:
        first = place
        while place < len(labels) and labels[place].start < sentence.end:
            place += 1
        yield sentence, labels[first:place]


def _may_tell(sentence: Sentence, named: bool, under: Heading) -> bool:
    """Activities may be told in the sentence: it names a service or an activity, or describes the service ``under`` in
    a section of the treatment; in another section it says when they were, or will be, done.
    """
    treating = sentence.section in _TREATING
    return (
        sentence.section not in ("goals", "empty")
        and (named or sentence.mask & _NAMES != 0 or sentence.gates & DID_GATE != 0 or (under.code != "" and treating))
        and (treating or sentence.section in QUIET or sentence.mask & STATUS_CUES != 0)
    )


def _told_in(
    document: Document, sentence: Sentence, headings: Sequence[Heading], spans: Spans, last: Activity | None
) -> list[Activity]:
    """Activities of one sentence, as its section and the kind of the note allow; ``last`` is the one before it."""
    if _is_reported(sentence):
        return []
    inside = _in_sentence(document, sentence, headings, spans, _goes_on_list(sentence, headings[0], last))
    if sentence.section == "education" and not sentence.low.startswith("training", sentence.start):
        inside = [replace(item, kind="education") for item in inside]
    if _tells_no_treatment(document, sentence, headings[-1]):
        inside = [item for item in inside if item.kind in _OF_EVALUATION]
    return inside


_OF_EVALUATION: Final = frozenset({"assessment", "education"})


def _goes_on_list(sentence: Sentence, heading: Heading, last: Activity | None) -> bool:
    """The sentence is an entry of a list under the heading whose entry above, ``last``, is an activity."""
    return (
        last is not None
        and last.label == heading.start
        and last.specific
        and last.status == PERFORMED
        and sentence.line - last.sentence.line < _NEXT_ENTRY
        and _BULLET.match(sentence.low, sentence.start) is not None
    )


_NEXT_ENTRY: Final = 3  # lines
_BULLET: Final = folded(r"[-*>] ?[a-z]|\d{1,2}[.)] [a-z]")


def _tells_no_treatment(document: Document, sentence: Sentence, heading: Heading) -> bool:
    """In an evaluation or a summary the sentence tells of the patient: no service, no dose and no heading says that
    something was done.
    """
    return (
        (document.evaluation or document.summary)
        and sentence.section in _TREATING
        and sentence.section != "treatment"
        and (not heading.code or is_evaluation(heading.code))
        and not sentence.mask & STATUS_CUES
        and DOSE.search(sentence.low, sentence.start, sentence.end) is None
        and _TRIED.match(sentence.low, sentence.start, sentence.end) is None
    )


# The title of what was treated in an evaluation: "Trial therapy: ...".
_TRIED: Final = folded(
    r"[-* ]*(?:(?:trial|today's|first) )?(?:therapy|treatment|training|intervention|"
    r"tx)(?: today)? ?:"
)
_BLANK_LINE: Final = folded(r"\n[ \t]*\r?\n")


def _passed_by(document: Document, under: Heading, sentence: Sentence) -> bool:
    """The service ``under`` was named in the course of a sentence of an earlier paragraph: nothing stands under it."""
    first = document.holding(under.start)
    return (
        first is not None
        and under.start - first.start >= _OPENING
        and document.low[first.end - 1] != ":"
        and not document.opens_line(under.start)
        and _BLANK_LINE.search(document.low, first.end, sentence.start) is not None
    )


def _headings(
    document: Document, sentence: Sentence, labels: Sequence[Label], anchors: Collection[int]
) -> list[Heading]:
    """Services named in the sentence under which something is told; ``anchors`` are where services were read."""
    if sentence.mask & (_NAMES | SERVICE):
        colon = document.low.find(": ", sentence.start, sentence.end)
        title = document.low[sentence.start : colon].removesuffix(" ") if colon >= 0 else ""
        if title in document.lexicon.codes.titles:
            return [Heading(sentence.start, document.lexicon.codes.titles[title])]
    found: list[Heading] = []
    for label in labels:
        opens = label.start - sentence.start < _OPENING
        if label.code in document.lexicon.codes.modality:
            # Nothing is done under a modality: one that opens a sentence ends what stood before it.
            if opens and not found:
                found.append(Heading(label.start, ""))
        elif opens or label.strong or label.numbered or label.start in anchors:
            found.append(Heading(label.start, label.code))
    return found


_OPENING: Final = 3  # so many code points may stand before a label that opens a sentence: a bullet, a bracket


def _from_services(document: Document, services: Sequence[Service]) -> list[Activity]:
    """What the label of a service alone tells: a modality is an activity; a service without minutes a category."""
    codes = document.lexicon.codes
    found: list[Activity] = []
    for service in services:
        modality = service.code in codes.modality and service.minutes is not None
        if not modality and (service.minutes is not None or service.code not in codes.speaks_for):
            continue
        sentence = document.holding(service.anchor)
        if sentence is None:
            continue
        start, end = (service.anchor, service.anchor + len(service.label)) if modality else (service.start, service.end)
        kind = "modality" if modality else "unspecified"
        if service.status != PERFORMED:
            kind = codes.speaks_for.get(service.code, kind)
        found.append(Activity(start, end, kind, service.status, modality, sentence, service.code, service.anchor))
    return found


def _as_siblings(document: Document, found: list[Activity]) -> list[Activity]:
    """Give a phrase without a word of its own class the class of most others told under the same service."""
    if not any(item.guessed for item in found):
        return found
    told: dict[int, list[str]] = {}
    for item in found:
        if not item.guessed and item.specific and item.label >= 0:
            told.setdefault(item.label, []).append(item.kind)
    return [
        replace(item, kind="exercise")
        if item.guessed
        and (kinds := told.get(item.label))
        and item.kind in ("functional_activity", "self_care")
        and 2 * kinds.count("exercise") > len(kinds)
        and not names_a_task(document, item.sentence, item.start, item.end)
        else item
        for item in found
    ]


# Complaints, and what others do for the patient: "C/o pain with stairs", "Wife assists with dressing".
_REPORTED: Final = folded(
    r"[-* ]*(?:(?:pt|patient|client|resident|she|he) )?(?:(?:still |also |continues to )?(?:c/o|complains? of|"
    r"reports?|has|having|denies)"
    r" (?:\w+ ){0,3}?(?:pain|difficulty|trouble|soreness|fear|stiffness|problems?)|difficulty|trouble|limited|"
    r"problems?) (?:with|when|during|on|in)\b|"
    r"[-* ]*(?:(?:pt|patient|client|resident|she|he|they|mom|mother|wife|husband|daughter|"
    r"son) )?(?:also )?(?:reports?|states?|"
    r"says|mentions|thinks|feels) (?!(?:pain|ache|tingling|numbness|soreness|dizz\w+) \d)|"
    r"[-* ]*(?:(?:her|his|the) )?(?:wife|husband|daughter|son|aide|staff|family|caregiver|spouse|mother|father|"
    r"sister|friend|neighbor)s? "
    r"(?:assists?|helps?|does|do|performs?|cooks|drives|handles|manages) |"
    r"[-* ]*(?:reported|(?:her |his )?(?:grand)?(?:mother|father|ma|pa)|wife|husband|daughter|son|parents?|spouse)"
    r"(?: reports?| says)?: (?!trained|taught|shown|instructed)"
)
_REPORTED_GATE: Final = gate(_REPORTED)


def _is_reported(sentence: Sentence) -> bool:
    """The sentence tells of the patient's life: what she complains of, or what others do for her."""
    low = sentence.low
    return (
        sentence.gates & _REPORTED_GATE != 0
        and _REPORTED.match(low, sentence.start, sentence.end) is not None
        and DOSE.search(low, sentence.start, sentence.end) is None
    )


def _in_sentence(
    document: Document, sentence: Sentence, headings: Sequence[Heading], services: Spans, listed: bool
) -> list[Activity]:
    """Activities of one sentence; ``listed`` when it is one entry of a list whose entry above is an activity."""
    low = document.low
    found: list[Activity] = []
    hits = [hit for hit in sentence.hits if hit.mask & _NAMES]
    spans = services.meeting(sentence.start, sentence.end)
    treating = sentence.section in _TREATING
    unknown: list[tuple[int, int, Heading]] = []
    for part in parts_of(document, sentence):
        start, end = _trimmed(low, *part)
        if end - start < _SHORTEST_PART or _is_said(document, start, end, found):
            continue
        under = _heading_of(headings, end)
        inside = started(hits, start, end)
        named = [hit for hit in inside if hit.mask & _ACTIVITY and not _is_label(hit, spans)]
        if named:
            item = _named(document, sentence, start, end, under, named)
        else:
            item = unnamed(document, sentence, start, end, under, inside, spans) if treating else None
        if item is not None:
            found.append(item)
        elif treating and under.code and (not named or _is_faint(low, start, end, named)):
            unknown.append((start, end, under))
    if unknown and (listed or any(item.status == PERFORMED and item.specific for item in found)):
        found.extend(siblings(document, sentence, unknown, spans))
    return _taken_back(sentence, found) if sentence.mask & _CORRECTION else found


def _trimmed(low: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without the bullets and brackets that open it and the marks that close it."""
    while start < end and low[start] in " \t-*(#>":
        start += 1
    while end > start and low[end - 1] in " \t.,;\r":
        end -= 1
    return start, end


_SHORTEST_PART: Final = 3  # code points


def _is_said(document: Document, start: int, end: int, found: Sequence[Activity]) -> bool:
    """A signature, or the words in which it was declined: "Stairs declined, "not after that laundry""."""
    low = document.low
    if low.startswith("/s/ ", start) and _SIGNED.match(document.text, start):
        return True
    return low[start] == '"' == low[end - 1] and bool(found) and found[-1].status == "negated"


_SIGNED: Final = written(r"/s/ [A-Z][\w'.-]+ [A-Z]")  # a signature, and no sound that is practiced


def _heading_of(headings: Sequence[Heading], end: int) -> Heading:
    """That of ``headings`` which a part that ends at ``end`` stands under."""
    under = headings[0]
    for heading in headings:
        if heading.start < end:
            under = heading
    return under


def _is_label(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    return bool(hit.mask & SERVICE) and any(start <= hit.start and hit.end <= end for start, end in spans)


def _is_faint(low: str, start: int, end: int, named: Sequence[Hit]) -> bool:
    """A few words that name an activity only beside other words."""
    return low.count(" ", start, end) < _FEW_BLANKS and all(hit.mask & FAINT for hit in named)


_FEW_BLANKS: Final = 3


def _named(
    document: Document, sentence: Sentence, start: int, end: int, under: Heading, named: Sequence[Hit]
) -> Activity | None:
    """The activity that ``named``, the words of a part that name one, tell; None where they only speak of it."""
    low = document.low
    treating = sentence.section in _TREATING
    kind = class_of(document, named, under.code, low[start:end])
    status = _status(document, sentence, start, end, named)
    if status == PERFORMED:
        if not treating and sentence.section not in QUIET:
            return None
        if treating and not_done(document, sentence, start, end, named, kind, under.code):
            return None
        if kind != "assessment" and is_spoken_of(document, sentence, start, end):
            return None
        if (
            is_outcome(document, sentence, start)
            or (kind == "manual" and not _under_manual(document, under) and is_range_measured(low, start, end))
            or (document.evaluation and is_level(document, sentence, start, end))
        ):
            kind = "assessment"
    if (
        kind in ("functional_activity", "gait")
        and all(is_motion(low, hit) for hit in named)
        and strengthens(document, sentence, start, end)
    ):
        kind = "exercise"
    if kind == "gait" and document.lexicon.codes.speaks_for.get(under.code) == "functional_activity":
        kind = "functional_activity" if walks_with_a_task(sentence, start, end) else kind
    specific = not (kind in _AS_SUBJECT and _is_subject(sentence, start, end, named))
    code, label = under.over() if treating else ("", -1)
    return Activity(start, end, kind, status, specific, sentence, code, label)


def _under_manual(document: Document, under: Heading) -> bool:
    """The service ``under`` is work by hand, of which a motion told with its degrees is a part."""
    return document.lexicon.codes.speaks_for.get(under.code) == "manual"


# Classes whose names stand alone as the subject of what follows: "Memory."
_AS_SUBJECT: Final = frozenset({"speech_language", "cognition", "neuromuscular"})


def _is_subject(sentence: Sentence, start: int, end: int, named: Sequence[Hit]) -> bool:
    """The sentence is nothing but one name and its full stop."""
    return (
        len(named) == 1
        and (sentence.start, sentence.end - 1) == (named[0].start, named[0].end)
        and sentence.low.count(" ", start, end) < _FEW_WORDS
    )


_FEW_WORDS: Final = 2  # blanks


def _status(document: Document, sentence: Sentence, start: int, end: int, told: Sequence[Hit]) -> str:
    """The status of what is ``told`` in [start, end). Instruction told as given was given, wherever it is to be used:
    "handout on sleep issued", and in a plan "Parents shown a reading routine".
    """
    status = status_of(document, sentence, told[0].start, told[0].end)
    if status == PERFORMED or told[0].values.get("activity") != "education":
        return status
    low = document.low
    if status == "planned":
        given = not sentence.mask & BIT["planned"] and _SHOWN.match(low, start, end) is not None
    elif any(hit.values.get("activity") != "education" for hit in told):
        given = False
    else:
        home = [hit for hit in sentence.cues if hit.mask & BIT["home"] and start <= hit.start < end]
        given = bool(home) and all(low[hit.start : hit.end] in _HANDED for hit in home)
    return PERFORMED if given else status


_HANDED: Final = ("issued", "handout", "sheet of", "printed", "given a sheet for", "got a sheet for")
_SHOWN: Final = folded(r"[a-z]+(?: [a-z]+)?(?: (?:was|were))? (?:shown|taught|trained|instructed|coached)\b")


def _taken_back(sentence: Sentence, found: list[Activity]) -> list[Activity]:
    """What stands directly before "strike that" was not done."""
    places = [hit.start for hit in sentence.hits if hit.mask & _CORRECTION]
    return [
        replace(item, status="self_corrected") if any(0 <= place - item.end < 4 for place in places) else item
        for item in found
    ]
