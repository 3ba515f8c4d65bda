"""Activities: what was done, planned or left out, with the class the whole phrase speaks for.

A phrase is a part of a sentence (between commas, semicolons, colons). Its class comes from the words in it; where
they allow several, from the service it is described under. "Sit to stand" is functional with a task and a place, a
test as 5xSTS. A label of a service is not an activity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from quarterhour.notes.clauses import STATUS_CUES, Sentence
from quarterhour.notes.document import Document
from quarterhour.notes.lexicon import BIT, Hit
from quarterhour.notes.minutes import MODALITIES, Service
from quarterhour.notes.services import SERVICE, Label
from quarterhour.notes.status import PERFORMED, status_of

_ACTIVITY, _CATEGORY, _PLACE = BIT["activity"], BIT["category"], BIT["place"]
_LEVEL: Final = BIT["assist"] | BIT["cue"]
#: Class that a service speaks for where the words allow several.
CLASS_OF_CODE: Final = {
    "97530": "functional_activity",
    "97110": "exercise",
    "97112": "neuromuscular",
    "97116": "gait",
    "97140": "manual",
    "97535": "self_care",
    "97113": "exercise",
    "92507": "speech_language",
    "92508": "speech_language",
    "92526": "speech_language",
    "97129": "cognition",
    "97130": "cognition",
    "97542": "functional_activity",
    "97537": "functional_activity",
    "97150": "exercise",
    "97124": "manual",
    "97533": "neuromuscular",
}
_TREATING: Final = frozenset({"treatment", "objective", "note", "header", "time", "environment", "education"})
_TOLD: Final = frozenset({"plan", "home_program", "history"})
_PART: Final = re.compile(r"[;,:](?:\s(?:and (?:then )?|then )?)|\n|\||\. |(?<= )--? ")
# Words that name an activity only beside something to do, a distance, an amount or a help.
_FAINT: Final = BIT["faint"]
_AMOUNT: Final = re.compile(r"\d|\bx\b|\bwith\b|\bfrom\b|\bto\b|\bon\b|\bfor\b")
_GERUND: Final = re.compile(
    r"(?:\(?\d\)? )?(?:(?:she|he|we|pt|patient|client|resident|ms\. \w+|mr\. \w+|mrs\. \w+)"
    r" )?(?:[a-z]+ly )?(?:[a-z]{3,}ing|made|gathered|washed|copied|cleared|wiped|folded|loaded|"
    r"emptied|sorted|practiced|practised|carried|lifted|retrieved|donned|doffed|prepared|opened|"
    r"poured|stacked|packed|unpacked|set the|swept|peeled|wrote|cut|matched|named|described|"
    r"produced|repeated|answered)\b (?!and tolerat|to )[a-z]"
)
_NOT_GERUND: Final = re.compile(
    r"(?:continuing|complaining|feeling|reporting|following|during|including|using|progressing|"
    r"improving|nothing|something|being|morning|evening|limiting|remaining|increasing|decreasing|"
    r"requiring|needing|having|wearing|showing|hearing|treating|supervising|referring|correcting|"
    r"finding|breathing hard|resting)\b"
)
_REPS: Final = re.compile(r"\d ?x ?\d|\bx ?\d+\b|\b\d+ (?:reps|sets|trips|trials|times)\b|\bset-?up\b")
_DOSE: Final = re.compile(r"\b\d ?x ?\d{1,2}\b|\bx ?\d{1,2}\b|\b\d+ reps\b|\b[2-5] sets\b")
_MEASURED: Final = re.compile(
    r"\b(?:was|is|are|were|remains?|wnl|wfl|\d/5|[+-]/5|neg(?:ative)?|pos(?:itive)?|antalgic|"
    r"limited|decreased|impaired|deviation|tender|reports?|denies|states?|reported|intact|normal|"
    r"delay|improved)\b"
)
_BARE_MEASURE: Final = re.compile(
    r"[a-z/ ]+[ :]-?\d+(?:[.-]\d+)?(?: ?(?:deg|degrees|s|sec|lb|cm|%))?(?: ?\([^)]*\))?(?: "
    r"(?:r|l|b))?$|[a-z ]+ \d+/\d+$|[a-z/ ]+ \d{1,3} ?%$"
)
_NOT_TASK: Final = re.compile(
    r"(?:for (?:community|safe|functional|return|work|home|public|the goal)\b|goal|stg|ltg|"
    r"progress|so (?:that |pt|ot|she|he|the)|when (?:he|she)|because|since\b|if\b|in order|"
    r"tolerat|patient will|pt will|needs?\b|needed\b|able to|unable|independent\b|no loss|less\b|"
    r"more\b|waited|all of this|this\b|therapy dealt|functional mobility$|transfers$|mobility$)"
)
_NARRATED: Final = re.compile(
    r"\b(?:pt|ot|slp|therapist|clinician|i) (?:stopped|changed|built|had to|re-?set|took over|"
    r"moved|tried|raised|lowered|blocked|held|gave)\b|\b(?:goal \d|is goal|g\d|stg|ltg)\b|\bwill "
    r"not\b|\bfell (?:twice|on)|\bworking toward|\bstopped on\b|\bchosen\b|\bshe came\b|\bwants "
    r"to\b"
)
_SYMPTOM_FIRST: Final = re.compile(
    r"(?:r |l |right |left )?(?:[a-z]+ )?(?:pain|ache|fatigue|tingling|dyspnea|soreness|numbness|"
    r"dizziness|heaviness|spo2)\b"
)


_MEASURABLE: Final = frozenset({"gait", "neuromuscular", "exercise", "modality", "speech_language", "cognition"})
_SAID: Final = re.compile(r"(?:she|he|pt|patient|see|same|per|none|not|no|held|as|total|timed|min)\b")


_TITLE: Final = re.compile(r"(exercises?|activit(?:y|ies)|manual|gait|neuro|balance|self-care|adls?|modalities) ?: ")
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


class Activity(NamedTuple):
    """A phrase [start, end), its class, and its status."""

    start: int
    end: int
    kind: str
    status: str
    specific: bool
    sentence: Sentence


def find_activities(document: Document, labels: Sequence[Label], services: Sequence[Service]) -> list[Activity]:
    """Activities in order of place."""
    found: list[Activity] = []
    if not document.mask & (_ACTIVITY | _CATEGORY) and not services:
        return found
    spans = [(service.start, service.end) for service in services]
    spans += [(label.start, label.end) for label in labels if label.strong or label.numbered]
    for service in services:
        if service.code in MODALITIES and service.minutes is not None:
            sentence = _holding(document, service.anchor)
            if sentence is not None:
                found.append(
                    Activity(
                        service.anchor, service.anchor + len(service.label), "modality", service.status, True, sentence
                    )
                )
        elif service.minutes is None and service.code in CLASS_OF_CODE:
            sentence = _holding(document, service.anchor)
            if sentence is not None:
                found.append(Activity(service.start, service.end, "unspecified", service.status, False, sentence))
    place = 0
    body = ""
    body_line = -9
    section = ""
    for sentence in document.sentences:
        if sentence.section != section:
            section = sentence.section
            if section not in _TREATING and section not in ("rationale", "response"):
                body = ""
        while place < len(labels) and labels[place].start < sentence.end:
            label = labels[place]
            if label.strong or label.numbered or label.start - sentence.start < 3:
                body, body_line = label.code, sentence.line
            place += 1
        titled = _TITLE.match(document.low, sentence.start, sentence.end)
        if titled is not None:
            body, body_line = _TITLED[titled[1]], sentence.line
        if sentence.section in ("goals", "empty") or (
            not sentence.mask & (_ACTIVITY | _CATEGORY) and not (body and sentence.section in _TREATING)
        ):
            continue
        if sentence.section not in _TREATING and sentence.section not in _TOLD and not sentence.mask & STATUS_CUES:
            continue
        near = body if body and sentence.line - body_line <= 8 else ""
        if (
            (document.evaluation or document.summary)
            and sentence.section in _TREATING
            and sentence.section != "treatment"
        ) and (
            not near
            and not _DOSE.search(document.low, sentence.start, sentence.end)
            and not sentence.mask & STATUS_CUES
        ):
            found.extend(item for item in _in_sentence(document, sentence, near, spans) if item.kind == "assessment")
            continue
        found.extend(_in_sentence(document, sentence, near, spans))
    found.sort(key=lambda item: item.start)
    return found


def _holding(document: Document, place: int) -> Sentence | None:
    for sentence in document.sentences:
        if sentence.start <= place < sentence.end:
            return sentence
    return None


def _parts(document: Document, sentence: Sentence) -> list[tuple[int, int]]:
    low = document.low
    parts: list[tuple[int, int]] = []
    start = sentence.start
    depth_end = -1
    for match in _PART.finditer(low, sentence.start, sentence.end):
        if match.start() < depth_end:
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
    return parts


def _in_sentence(document: Document, sentence: Sentence, body: str, spans: list[tuple[int, int]]) -> list[Activity]:
    low = document.low
    found: list[Activity] = []
    hits = [hit for hit in sentence.hits if hit.mask & (_ACTIVITY | _CATEGORY)]
    treating = sentence.section in _TREATING
    unknown: list[tuple[int, int]] = []
    for part in _parts(document, sentence):
        start, end = part
        while start < end and low[start] in " \t-*(#>":
            start += 1
        while end > start and low[end - 1] in " \t.,;\r":
            end -= 1
        if end - start < 3:
            continue
        inside = [hit for hit in hits if start <= hit.start < end]
        real = [hit for hit in inside if hit.mask & _ACTIVITY and not _is_label(hit, spans)]
        if not real:
            item = _open(document, sentence, start, end, body, inside, spans) if treating else None
            if item is None and treating and body and _described(document, sentence, start, end, spans):
                item = Activity(
                    start,
                    end,
                    CLASS_OF_CODE.get(body, "unspecified"),
                    status_of(document, sentence, start, min(end, start + 12)),
                    True,
                    sentence,
                )
            if item is not None:
                found.append(item)
            elif treating and body:
                unknown.append((start, end))
            continue
        kind = _kind(real, body, low[start:end])
        first = real[0]
        status = status_of(document, sentence, first.start, first.end)
        if status == PERFORMED and treating and _not_done(document, sentence, start, end, real, kind, body):
            continue
        if not treating and sentence.section not in _TOLD and status == PERFORMED:
            continue
        found.append(Activity(start, end, kind, status, True, sentence))
    if unknown and any(item.status == PERFORMED and item.specific for item in found):
        found.extend(_siblings(document, sentence, unknown, body, spans))
    return found


_SLOT: Final = re.compile(
    r"(?:\d{5}|\)|min(?:utes?)?\.?|activit(?:y|ies)|exercises?|acts?|ex|therapy|training|re-ed(?:ucation)?|"
    r"self-care|group|individual|x ?\d\d) ?(?::|-{1,2}) ?[*-]? ?$"
)


def _described(document: Document, sentence: Sentence, start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """The part stands where a service is described, directly after its label: "97535: jacket on and off with zip
    ring".
    """
    low = document.low
    if (
        sentence.dates
        or _SLOT.search(low, max(sentence.start, start - 22), start) is None
        or not 2 <= len(low[start:end].split()) <= 14
        or not low[start].isalpha()
    ):
        return False
    if (
        any(first < end and start < last for first, last in spans)
        or _NOT_TASK.match(low, start)
        or _BARE_MEASURE.match(low, start, end)
    ):
        return False
    if _MEASURED.search(low, start, end) or _SAID.match(low, start):
        return False
    return not any(
        hit.mask & (_LEVEL | BIT["symptom"] | BIT["stock_response"] | _PLACE | BIT["one_on_one"] | BIT["group"])
        and hit.start < start + 12
        for hit in sentence.hits
        if start <= hit.start < end
    )


def _siblings(
    document: Document, sentence: Sentence, unknown: list[tuple[int, int]], body: str, spans: list[tuple[int, int]]
) -> list[Activity]:
    """Parts without a known word in a list whose other parts are activities: "bridges 3x10, clams 2x15, cone p/u"."""
    low = document.low
    found: list[Activity] = []
    for start, end in unknown:
        size = len(low[start:end].split())
        if not 2 <= size <= 7 or any(first < end and start < last for first, last in spans):
            continue
        if any(
            hit.mask & (_LEVEL | BIT["symptom"] | BIT["stock_response"] | _PLACE)
            for hit in sentence.hits
            if start <= hit.start < end
        ):
            continue
        if (
            _MEASURED.search(low, start, end)
            or _NOT_TASK.match(low, start)
            or _BARE_MEASURE.match(low, start, end)
            or _VERBISH.search(low, start, end)
            or not low[start].isalpha()
        ):
            continue
        status = status_of(document, sentence, start, min(end, start + 10))
        found.append(Activity(start, end, CLASS_OF_CODE.get(body, "unspecified"), status, True, sentence))
    return found


_VERBISH: Final = re.compile(
    r"\b(?:she|he|pt|patient|i|her|his|because|which|so|after|until|per round|falling|min|minutes|"
    r"each|both|none|unit|charge|break|rest)\b"
)


def _not_done(
    document: Document, sentence: Sentence, start: int, end: int, real: list[Hit], kind: str, body: str
) -> bool:
    """The part only speaks of an activity: a measure, a symptom, a cue, a goal, a place."""
    low = document.low
    if low[end - 1] == ":" or (
        all(_faint(low, hit, start, end) for hit in real) and not (body and low.count(" ", start, end) > 1)
    ):
        return True
    dosed = _DOSE.search(low, start, end) is not None
    if _NOT_TASK.match(low, start) or (not dosed and _NARRATED.search(low, start, end)):
        return True
    if not dosed and (
        _SYMPTOM_FIRST.match(low, start) or (_BARE_MEASURE.match(low, start, end) and low.find(" to ", start, end) < 0)
    ):
        return True
    opening = next((hit for hit in sentence.hits if hit.start >= start), None)
    if (
        opening is not None
        and opening.mask & _LEVEL
        and opening.start - start < 12
        and opening.end < end
        and kind != "assessment"
    ):
        return True
    if (
        any(hit.mask & _PLACE and hit.start <= real[0].start and real[0].end <= hit.end for hit in sentence.hits)
        and len(real) == 1
    ):
        return True
    if (
        any(hit.mask & BIT["condition"] and start <= hit.start < end for hit in sentence.hits)
        and sentence.section in ("header", "note", "diagnosis")
        and not dosed
        and not body
    ):
        return True
    if dosed or kind not in _MEASURABLE or _MEASURED.search(low, start, end) is None or _REPS.search(low, start, end):
        return False
    return not body or sentence.section == "objective"


def _is_label(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    return bool(hit.mask & SERVICE) and any(start <= hit.start and hit.end <= end for start, end in spans)


def _faint(low: str, hit: Hit, start: int, end: int) -> bool:
    """A word that names an activity only beside a distance, an amount, a tool or a help, standing without one."""
    if not hit.mask & _FAINT:
        return False
    return _AMOUNT.search(low, start, hit.start) is None and _AMOUNT.search(low, hit.end, end) is None


def _kind(hits: list[Hit], body: str, phrase: str) -> str:
    kinds = ["speech_language" if hit.values["activity"] == "swallow" else hit.values["activity"] for hit in hits]
    expected = CLASS_OF_CODE.get(body, "")
    if "assessment" in kinds and not _REPS.search(phrase):
        return "assessment"
    if expected in kinds:
        return expected
    first = kinds[0]
    if first in ("exercise", "gait", "neuromuscular") and ("functional_activity" in kinds or "self_care" in kinds):
        return "functional_activity" if "functional_activity" in kinds else "self_care"
    if first == "exercise" and "manual" in kinds:
        return "manual"
    return first


def _open(
    document: Document,
    sentence: Sentence,
    start: int,
    end: int,
    body: str,
    inside: list[Hit],
    spans: list[tuple[int, int]],
) -> Activity | None:
    """A phrase without a known word: a task told with a verb, or a dose, in the description of a service; or a mere
    category.
    """
    low = document.low
    category = next((hit for hit in inside if hit.mask & _CATEGORY), None)
    if category is not None:
        status = status_of(document, sentence, category.start, category.end)
        word = low[category.start : category.end]
        kind = (
            "exercise"
            if category.values["category"] == "exercise"
            and not any(mark in word for mark in ("per", "see", "log", "sheet"))
            else "unspecified"
        )
        return Activity(start, end, kind, status, False, sentence)
    if (
        not body
        or end - start < 8
        or end - start > 160
        or any(first <= start < last for first, last in spans)
        or _NOT_TASK.match(low, start)
    ):
        return None
    dosed = (
        _DOSE.search(low, start, end) is not None
        and low[start].isalpha()
        and not any(hit.mask & _LEVEL for hit in sentence.hits if start <= hit.start < end)
    )
    if not dosed and (not _GERUND.match(low, start, end) or _NOT_GERUND.match(low, start)):
        return None
    status = status_of(document, sentence, start, min(end, start + 12))
    return Activity(start, end, CLASS_OF_CODE.get(body, "unspecified"), status, True, sentence)
