"""Elements of context: the condition treated, and where and with what set-up."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.elements.grade import Facts, Grade, absent, partial, present
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.status import PERFORMED, status_of

_PLACE, _HINT, _CONDITION, _SYMPTOM_DX, _DX = (
    BIT["place"],
    BIT["place_hint"],
    BIT["condition"],
    BIT["symptom_dx"],
    BIT["dx_label"],
)
_GENERIC: Final = BIT["weak_condition"]
_ICD: Final = re.compile(r"[A-TV-Z](?<![\w.].)\d[\dA-Z]\.[\dA-Z]{1,4}(?!\w)")
_DX_AREA: Final = frozenset(
    {
        "header",
        "diagnosis",
        "note",
        "subjective",
        "history",
        "assessment",
        "objective",
        "treatment",
        "time",
        "rationale",
        "progress",
        "precautions",
    }
)
_DENIED: Final = re.compile(
    r"\b(?:no|denies|denied|without|r/o|rule out|negative for|risk of|risk for|screen|fear "
    r"of)(?: \w+){0,2} $"
)


def diagnosis(facts: Facts) -> Grade:
    """The condition treated; a symptom or a region alone is partial."""
    document = facts.document
    low = document.low
    if document.missed and not document.mask & _DX:
        return absent("no condition is named")
    conditions: list[tuple[int, int]] = []
    symptoms: list[tuple[int, int]] = []
    for sentence in document.sentences:
        if (
            not sentence.mask & (_CONDITION | _SYMPTOM_DX)
            or sentence.section not in _DX_AREA
            or sentence.start in facts.stuffed
        ):
            continue
        labelled = bool(sentence.mask & _DX) or sentence.section == "diagnosis"
        for hit in sentence.hits:
            if not hit.mask & (_CONDITION | _SYMPTOM_DX):
                continue
            if _DENIED.search(low, max(sentence.start, hit.start - 30), hit.start):
                continue
            word = low[hit.start : hit.end]
            if hit.mask & _CONDITION:
                if not hit.mask & _GENERIC or labelled or sentence.section == "header":
                    conditions.append((sentence.start, sentence.end) if end_near(sentence) else (hit.start, hit.end))
            elif hit.mask & _SYMPTOM_DX and (
                labelled
                or (
                    sentence.section in ("header", "assessment", "subjective", "note")
                    and (" " in word or word not in ("pain", "fatigue", "numbness", "stiffness", "dizziness", "cough"))
                )
            ):
                symptoms.append((hit.start, hit.end))
    if conditions:
        return present("a condition is named", conditions[:2])
    if symptoms:
        return partial("only a symptom or a region is named", symptoms[:2])
    for section in document.sections:
        if section.name == "diagnosis" and _NAMED_PART.search(low, section.body, min(section.end, section.body + 80)):
            return partial("only a symptom or a region is named", [(section.start, section.end)])
    code = _ICD.search(document.text)
    if code is not None:
        return partial("only a diagnosis code stands there", [code.span()])
    return absent("no condition is named in the text")


_NAMED_PART: Final = re.compile(
    r"\b(?:shoulder|knee|hip|back|neck|hand|wrist|elbow|ankle|foot|spine|arm|leg|thumb|finger|"
    r"jaw|balance|gait|speech|voice|weak\w*)\b"
)


def end_near(sentence: Sentence) -> bool:
    """The sentence is short enough to be quoted whole."""
    return sentence.end - sentence.start < 70


_TREATED: Final = frozenset(
    {"treatment", "objective", "note", "header", "time", "environment", "rationale", "response", "assessment"}
)
_CLINIC_NAME: Final = re.compile(r"\b(?:clinic|center|centre|hospital|rehab|care center|school|therapy)\b")


def environment(facts: Facts) -> Grade:
    """Place or set-up of the task; equipment alone is partial."""
    document = facts.document
    low = document.low
    if document.missed or document.summary:
        return absent("no treatment of this day is described")
    places: list[tuple[int, int]] = []
    hints: list[tuple[int, int]] = []
    for sentence in document.sentences:
        if not sentence.mask & (_PLACE | _HINT) or sentence.section not in _TREATED or sentence.start in facts.stuffed:
            continue
        if document.carried[0] <= sentence.start < document.carried[1]:
            continue
        for hit in sentence.hits:
            if not hit.mask & (_PLACE | _HINT):
                continue
            if hit.mask & _PLACE and (sentence.section != "assessment"):
                if sentence.section == "header" and not _LOCATED.search(
                    low, max(sentence.start, hit.start - 30), hit.start
                ):
                    continue
                if sentence.mask & (BIT["goal"] | BIT["compare"]) and not _LOCATED.search(
                    low, max(sentence.start, hit.start - 12), hit.start
                ):
                    continue
                if (
                    status_of(document, sentence, hit.start, hit.end) not in (PERFORMED, "uncertain")
                    and "home" not in low[hit.start : hit.end]
                ):
                    continue
                places.append((hit.start, hit.end))
            elif (
                hit.mask & _HINT
                and sentence.section in ("treatment", "objective", "note", "header")
                and any(
                    item.start <= hit.start < item.end and item.status == PERFORMED
                    for item in facts.activities
                    if item.sentence is sentence
                )
            ):
                hints.append((hit.start, hit.end))
    if places:
        return present("place or set-up of the task is told", places[:3])
    if hints:
        return partial("only equipment or a hint of the set-up", hints[:3])
    return absent("no place or set-up is told")


_LOCATED: Final = re.compile(
    r"(?:\b(?:in|at|on|location|inside|outside|to|from|of|setting|place|own)|[,:])[ ]?(?:the "
    r"|a |an |her |his |own |patient's |resident's |unit |clinic )*(?:rehab |adapted |model |adl |mock )?$"
)
