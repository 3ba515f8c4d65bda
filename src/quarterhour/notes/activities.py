"""Activities: what was done, planned or left out, with the class the whole phrase speaks for.

A phrase is a part of a sentence (between commas, semicolons, colons). Its class comes from the words in it; where
they allow several, from the service it is described under. "Sit to stand" is functional with a task and a place, a
test as 5xSTS. A label of a service is not an activity.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from msgspec.structs import replace

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.clauses import STATUS_CUES, Sentence
from quarterhour.notes.document import Document
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT, Hit
from quarterhour.notes.patterns import folded, written
from quarterhour.notes.phrases import (
    DOSE,
    FAINT,
    MOTION,
    STRENGTHENS,
    Activity,
    Heading,
    class_of,
    described,
    guess,
    names_a_task,
    narrated,
    not_done,
    open_phrase,
    siblings,
)
from quarterhour.notes.services import SERVICE, Label, Service
from quarterhour.notes.spans import Spans
from quarterhour.notes.status import status_of

_ACTIVITY, _CATEGORY = BIT["activity"], BIT["category"]
_SUM: Final = BIT["total"] | BIT["timed"]
_TREATING: Final = frozenset({"treatment", "objective", "note", "header", "time", "environment", "education"})
_TOLD: Final = frozenset({"plan", "home_program", "history"})
# One set of characters comes first: the search stops nowhere else.
_PART: Final = folded(
    r"[;,:\n|.☐☒\[-](?:(?<=\[)[x ]\] ?|(?<=[☐☒]) ?|(?<=[;,:])\s(?:and (?:then )?|then )?|(?<=[\n|])|(?<=\.) |"
    r"(?<= -)-? )"
)


_TITLE: Final = folded(r"(exercises?|activit(?:y|ies)|manual|gait|neuro|balance|self-care|adls?|modalities) ?: ")
_TITLED: Final = {
    "exercise": "97110",
    "exercises": "97110",
    "activity": "97530",
    "activities": "97530",
    "manual": "97140",
    "gait": "97116",
    "neuro": "97112",
    "balance": "97112",
    "self-care": "97535",
    "adl": "97535",
    "adls": "97535",
    "modalities": "",
}


def find_activities(document: Document, labels: Sequence[Label], services: Sequence[Service]) -> list[Activity]:
    """Activities in order of place."""
    found: list[Activity] = []
    if not document.mask & (_ACTIVITY | _CATEGORY) and not services:
        return found
    labelled = [(label.start, label.end) for label in labels if label.strong or label.numbered]
    spans = Spans([*((service.start, service.end) for service in services), *labelled])
    found.extend(_from_services(document, services))
    anchors = {service.anchor for service in services}
    place = 0
    under = _NOWHERE
    under_line = row_line = -9
    section = ""
    for sentence in document.sentences:
        if sentence.section != section:
            section = sentence.section
            if section not in _TREATING and section not in ("rationale", "response"):
                under = _NOWHERE
        first = place
        while place < len(labels) and labels[place].start < sentence.end:
            place += 1
        headings = _headings(document, sentence, labels[first:place], anchors)
        named = bool(headings)
        if named:
            under, under_line = headings[-1], sentence.line
        elif sentence.mask & _SUM and sentence.has_number:
            under = replace(under, told=False)
        elif under.code and sentence.line > under_line + 1 and _passed_by(document, under, sentence):
            under = _NOWHERE
        if sentence.section in ("goals", "empty") or (
            not named
            and not sentence.mask & (_ACTIVITY | _CATEGORY)
            and not (under.code and sentence.section in _TREATING)
        ):
            continue
        if sentence.section not in _TREATING and sentence.section not in _TOLD and not sentence.mask & STATUS_CUES:
            continue
        if not headings:
            headings = [under if sentence.line - under_line <= 8 else _NOWHERE]
        last = found[-1] if found else None
        listed = (
            last is not None
            and last.label == headings[0].start
            and last.specific
            and last.status == PERFORMED
            and sentence.line - last.sentence.line < 3
            and _BULLET.match(document.low, sentence.start) is not None
        )
        inside = [] if _told_of(document, sentence) else _in_sentence(document, sentence, headings, spans, listed)
        if (
            (document.evaluation or document.summary)
            and sentence.section in _TREATING
            and sentence.section != "treatment"
            and not headings[-1].code
            and not DOSE.search(document.low, sentence.start, sentence.end)
            and not sentence.mask & STATUS_CUES
        ):
            inside = [item for item in inside if item.kind == "assessment"]
        if sentence.section == "education":
            inside = [replace(item, kind="education") for item in inside]
        found.extend(inside)
        if named and not inside and sentence.end >= document.line_at(sentence.start)[1] - 1:
            if row_line == sentence.line - 1:
                under = replace(under, told=False)
            row_line = sentence.line
    found.sort(key=lambda item: item.start)
    return _as_siblings(document, found)


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
    if sentence.gates & _TITLE_GATE and sentence.mask & (_ACTIVITY | _CATEGORY | SERVICE):
        titled = _TITLE.match(document.low, sentence.start, sentence.end)
        if titled is not None:
            return [Heading(sentence.start, _TITLED[titled[1]])]
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
_NOWHERE: Final = Heading(-1, "")
_BULLET: Final = folded(r"[-*>] ?[a-z]|\d{1,2}[.)] [a-z]")


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


def _after_initial(text: str, match: re.Match[str]) -> bool:
    """The full stop stands after the initial or the title of a name: "K. Lindqvist", "Mr. Tanner"."""
    place = match.start()
    return (
        text[place] == "."
        and place > 1
        and ((text[place - 1].isupper() and not text[place - 2].isalnum()) or text.endswith(_TITLES, 0, place))
        and text[match.end() : match.end() + 1].isupper()
    )


_TITLES: Final = (" Mr", " Mrs", " Ms", " Dr")


def _parts(document: Document, sentence: Sentence) -> list[tuple[int, int]]:
    low = document.low
    parts: list[tuple[int, int]] = []
    start = sentence.start
    depth_end = -1
    for match in _PART.finditer(low, sentence.start, sentence.end):
        if match.start() < depth_end or _after_initial(document.text, match):
            continue
        opening = low.rfind("(", start, match.start())
        if opening >= 0 and low.find(")", opening, match.start()) < 0:
            closing = low.find(")", match.start(), sentence.end)
            if closing >= 0:
                depth_end = closing
                continue
        parts.append((start, match.start()))
        start = match.end()
    parts.append((start, sentence.end))
    if sentence.mask & STATUS_CUES:
        parts = [piece for part in parts for piece in _turns(low, sentence, *part)]
    if sentence.mask & BIT["correction"]:
        return [piece for part in parts for piece in _before_correction(low, sentence, *part)]
    return parts


# Where a sentence that holds a cue of another status may turn from what was done to what was not, or back: "instead of
# tub transfers we did stairs", "stairs x 4 but no curbs", "skipped curbs and did stairs".
_TURN: Final = folded(
    r" (?:(?=(?:we|she|he|i|pt|patient) (?:did|worked|practiced|performed|completed|stayed|went)\b)|"
    r"and (?=(?:then |instead )?(?:did|worked|practi[cs]ed|performed|completed|stayed|went|tried|moved)\b)|"
    r"(?:but|while|whereas|so) (?!that\b|as\b)|then (?=[^,;.]{3,40}\bnext\b)|before (?=[^,;.]{3,40}\bnext\b)|"
    r"(?=(?:instead|in place|in lieu) of\b|rather than\b))"
)


def _turns(low: str, sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of one in which the status turns, a bracket with a cue of its own among them."""
    if end - start < _SHORTEST_TURN:
        return [(start, end)]
    parts: list[tuple[int, int]] = []
    opening = low.find("(", start + 4, end)
    closing = low.find(")", opening, end) if opening >= 0 else -1
    if any(opening < cue.start < closing for cue in sentence.cues):
        return [
            *_turns(low, sentence, start, opening),
            (opening + 1, closing),
            *_turns(low, sentence, closing + 1, end),
        ]
    for turn in _TURN.finditer(low, start + 4, end) if sentence.gates & _TURN_GATE else ():
        parts.append((start, turn.start()))
        start = turn.end()
    parts.append((start, end))
    return parts


_SHORTEST_TURN: Final = 20  # code points


def _before_correction(low: str, sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """Of "stance with catches and hops over a line, strike that" only the last is taken back; "strike that" itself is
    no part.
    """
    cues = [hit for hit in sentence.hits if hit.mask & BIT["correction"]]
    if any(hit.start - start < 4 and end - hit.end < 3 for hit in cues):
        return []
    if any(0 <= hit.start - end < 4 for hit in cues):
        place = low.rfind(" and ", start, end)
        if place > 0:
            return [(start, place), (place + 5, end)]
    return [(start, end)]


# Complaints, and what others do for the patient: "C/o pain with stairs", "Wife assists with dressing".
_TOLD_OF: Final = folded(
    r"[-* ]*(?:(?:pt|patient|client|resident|she|he) )?(?:(?:still |also |continues to )?(?:c/o|complains? of|"
    r"reports?|has|having|denies)"
    r" (?:\w+ ){0,3}?(?:pain|difficulty|trouble|soreness|fear|stiffness|problems?)|difficulty|trouble|limited|"
    r"problems?) (?:with|when|during|on|in)\b|"
    r"[-* ]*(?:(?:pt|patient|client|resident|she|he|they|mom|mother|wife|husband|daughter|"
    r"son) )?(?:also )?(?:reports?|states?|"
    r"says|mentions|thinks|feels) (?!(?:pain|ache|tingling|numbness|soreness|dizz\w+) \d)|"
    r"[-* ]*(?:(?:her|his|the) )?(?:wife|husband|daughter|son|aide|staff|family|caregiver|spouse|mother|father|"
    r"sister|friend|neighbor)s? "
    r"(?:assists?|helps?|does|do|performs?|cooks|drives|handles|manages) "
)
_TOLD_OF_GATE, _TITLE_GATE, _TURN_GATE = gate(_TOLD_OF), gate(_TITLE), gate(_TURN)


def _told_of(document: Document, sentence: Sentence) -> bool:
    low = document.low
    return (
        sentence.gates & _TOLD_OF_GATE != 0
        and _TOLD_OF.match(low, sentence.start, sentence.end) is not None
        and DOSE.search(low, sentence.start, sentence.end) is None
    )


def _in_sentence(
    document: Document, sentence: Sentence, headings: Sequence[Heading], services: Spans, listed: bool
) -> list[Activity]:
    """Activities of one sentence; ``listed`` when it is one entry of a list whose entry above is an activity."""
    low = document.low
    found: list[Activity] = []
    hits = [hit for hit in sentence.hits if hit.mask & (_ACTIVITY | _CATEGORY)]
    spans = services.meeting(sentence.start, sentence.end)
    treating = sentence.section in _TREATING
    unknown: list[tuple[int, int, Heading]] = []
    for part in _parts(document, sentence):
        start, end = part
        while start < end and low[start] in " \t-*(#>":
            start += 1
        while end > start and low[end - 1] in " \t.,;\r":
            end -= 1
        if (
            end - start < 3
            or (low.startswith("/s/ ", start) and _SIGNED.match(document.text, start))
            # the words in which it was declined: "Stairs declined, "not after that laundry""
            or (low[start] == '"' == low[end - 1] and found and found[-1].status == "negated")
        ):
            continue
        under = headings[0]
        for heading in headings:
            if heading.start < end:
                under = heading
        body = under.code
        inside = [hit for hit in hits if start <= hit.start < end]
        real = [hit for hit in inside if hit.mask & _ACTIVITY and not _is_label(hit, spans)] if inside else inside
        if not real:
            if not inside and not body:
                item = narrated(document, sentence, start, end) if treating else None
                if item is not None:
                    found.append(item)
                continue
            item = open_phrase(document, sentence, start, end, under, inside, spans) if treating else None
            if item is None and treating and body and described(document, sentence, start, end, spans):
                item = guess(document, sentence, start, end, under, 12)
            if item is not None:
                found.append(item)
            elif treating and body:
                unknown.append((start, end, under))
            continue
        kind = class_of(document, real, body, low[start:end])
        first = real[0]
        status = _status(document, sentence, start, end, real)
        if status == PERFORMED and treating and not_done(document, sentence, start, end, real, kind, body):
            if body and low.count(" ", start, end) < 3 and all(hit.mask & FAINT for hit in real):
                unknown.append((start, end, under))
            continue
        if not treating and sentence.section not in _TOLD and status == PERFORMED:
            continue
        if (
            kind in ("functional_activity", "gait")
            and all(MOTION.fullmatch(low, hit.start, hit.end) for hit in real)
            and STRENGTHENS.search(low, start, end)
            and not names_a_task(document, sentence, start, end)
        ):
            kind = "exercise"
        specific = not (
            kind in ("speech_language", "cognition", "neuromuscular")
            and len(real) == 1
            and (sentence.start, sentence.end - 1) == (first.start, first.end)
            and low.count(" ", start, end) < 2
        )
        told = treating and under.told
        found.append(
            Activity(start, end, kind, status, specific, sentence, body if told else "", under.start if told else -1)
        )
    if unknown and (listed or any(item.status == PERFORMED and item.specific for item in found)):
        found.extend(siblings(document, sentence, unknown, spans))
    return _taken_back(sentence, found) if sentence.mask & BIT["correction"] else found


_HANDED: Final = ("issued", "handout", "sheet of", "printed", "given a sheet for", "got a sheet for")
_SHOWN: Final = folded(r"[a-z]+(?: [a-z]+)?(?: (?:was|were))? (?:shown|taught|trained|instructed|coached)\b")


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


_SIGNED: Final = written(r"/s/ [A-Z][\w'.-]+ [A-Z]")  # a signature, and no sound that is practiced


def _taken_back(sentence: Sentence, found: list[Activity]) -> list[Activity]:
    """What stands directly before "strike that" was not done."""
    places = [hit.start for hit in sentence.hits if hit.mask & BIT["correction"]]
    return [
        replace(item, status="self_corrected") if any(0 <= place - item.end < 4 for place in places) else item
        for item in found
    ]


def _is_label(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    return bool(hit.mask & SERVICE) and any(start <= hit.start and hit.end <= end for start, end in spans)
