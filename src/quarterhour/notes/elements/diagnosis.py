"""The element of the diagnosis: the condition treated."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import Facts, Grade, Span, absent, partial, present, span
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, Hit
from quarterhour.notes.wording.patterns import folded, written

_CONDITION: Final = BIT["condition"]
_NAMED: Final = _CONDITION | BIT["symptom_dx"]
_LABEL: Final = BIT["dx_label"]


def diagnosis(facts: Facts) -> Grade:
    """The condition treated; a symptom or a region alone is partial."""
    document = facts.document
    conditions, complaints = _find_named(facts)
    if conditions:
        return present("a condition is named", conditions[:2])
    part = complaints[:2] or _find_part(document)
    if part:
        return partial("only a symptom or a region is named", part)
    told = _find_unknown(document)
    if told:
        return present("a condition is named", told)
    code = _ICD.search(document.text)
    if code is not None:
        return partial("only a diagnosis code stands there", [code.span()])
    return absent("no condition is named in the text")


_ICD: Final = written(r"[A-TV-Z](?<![\w.].)\d[\dA-Z]\.[\dA-Z]{1,4}(?!\w)")


def _find_named(facts: Facts) -> tuple[list[Span], list[Span]]:
    """Conditions, and complaints (symptoms of a region), of the vocabulary."""
    low = facts.document.low
    conditions: list[Span] = []
    complaints: list[Span] = []
    for sentence in facts.document.sentences:
        if not sentence.mask & _NAMED or sentence.start in facts.stuffed or not _may_name(low, sentence):
            continue
        labelled = bool(sentence.mask & _LABEL) or sentence.section == "diagnosis"
        for hit in sentence.hits:
            if not hit.mask & _NAMED or _is_none(low, sentence, hit):
                continue
            if not hit.mask & _CONDITION:
                if labelled or _is_complaint(low, sentence, hit):
                    complaints.append(span(hit))
            elif labelled or _is_condition(low, sentence, hit):
                conditions.append(span(sentence) if sentence.end - sentence.start < _QUOTED_WHOLE else span(hit))
    return conditions, complaints


_QUOTED_WHOLE: Final = 70  # a sentence of fewer code points


def _may_name(low: str, sentence: Sentence) -> bool:
    """The section is one that names what is treated, or the sentence says that it does."""
    return sentence.section in _NAMING or bool(
        sentence.mask & _LABEL and (sentence.section == "empty" or _DX_FIRST.match(low, sentence.start))
    )


_NAMING: Final = frozenset(
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
_DX_FIRST: Final = folded(r"(?:(?:tx|treatment|medical|med|primary|secondary) )?(?:dx|diagnos[ie]s)\b")


def _is_none(low: str, sentence: Sentence, hit: Hit) -> bool:
    """The condition is denied or feared, or is the degree behind a name."""
    return (
        _DENIED.search(low, max(sentence.start, hit.start - 30), hit.start) is not None
        or _CREDENTIAL.match(low, hit.start) is not None
    )


_DENIED: Final = folded(
    r"\b(?:no|denies|denied|without|r/o|rule out|negative for|risk of|risk for|screen|fear "
    r"of)(?: \w+){0,2} $"
)
_CREDENTIAL: Final = folded(r"ms,? (?:ccc|otr?|pt|slp|cf|dpt|chs|cht)\b")  # the degree behind a name, no disease


def _is_condition(low: str, sentence: Sentence, hit: Hit) -> bool:
    """The word names a condition by itself, in the head of the note, or with the part of the body beside it."""
    return (
        not hit.mask & _WEAK
        or sentence.section == "header"
        or (_PATHOLOGY.match(low, hit.start, hit.end) is not None and _of_the_body(low, sentence, hit.start, hit.end))
    )


_WEAK: Final = BIT["weak_condition"]
_PATHOLOGY: Final = folded(
    r"(?:fracture|fx|strain|sprain|repair|replacement|reconstruction|release|fusion|instability|decompression|"
    r"status post|s/p|surgery|"
    r"syndrome|contusion|dysfunction|rupture|tear|deformity|disease|disorder)"
)


def _of_the_body(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """A part of the body stands beside a word of injury or surgery: "T12 compression fx", "s/p left total hip"."""
    return (
        _BODY.search(low, max(sentence.start, start - 32), start) is not None
        or _BODY.search(low, end, min(sentence.end, end + 28)) is not None
    )


_BODY: Final = folded(
    r"\b(?:knees?|hips?|shoulder|shldr|ankle|wrist|elbow|hand|finger|thumb|foot|toe|neck|cervical|lumbar|thoracic|"
    r"spin(?:e|al)|back|"
    r"sacr\w+|si joint|pelvi\w+|ribs?|clavicle|humer\w+|radi(?:us|al)|uln\w+|fem(?:ur|oral)|tibi\w+|fibul\w+|"
    r"patell\w+|menisc\w+|acl|pcl|mcl|"
    r"ucl|rtc|rotator|labr\w+|hamstring|quad\w*|calf|achilles|biceps|triceps|groin|adductor|glute\w*|metatars\w+|"
    r"metacarp\w+|scaphoid|"
    r"carpal|tendon|ligament|nerve|disc|joint|vertebr\w+|valve|brain|stem|vocal|jaw|[tlc]\d{1,2}|zone)\b"
)


def _is_complaint(low: str, sentence: Sentence, hit: Hit) -> bool:
    """The symptom is what is treated: more than a bare word for it is told, or it fills its line or sentence."""
    if sentence.section not in _COMPLAINING:
        return False
    if sentence.section == "note" and low.startswith(("did ", "worked on "), sentence.start):
        return False
    word = low[hit.start : hit.end]
    return (
        " " in word
        or word not in _BARE_SYMPTOMS
        or (
            _PART_ALONE.fullmatch(low, sentence.start, hit.start) is not None and sentence.end - hit.end < 2
        )  # the stop
    )


_COMPLAINING: Final = frozenset({"header", "assessment", "subjective", "note"})
_BARE_SYMPTOMS: Final = frozenset({"pain", "fatigue", "numbness", "stiffness", "dizziness", "cough"})
# What stands before a complaint that fills its line or sentence: "L hand stiffness."
_PART_ALONE: Final = folded(
    r"[-* ]*(?:(?:r|l|rt|lt|right|left|b|bilat|bilateral|chronic|low|upper|lower|mid) )*(?:shoulder|knee|hip|back|"
    r"neck|hand|wrist|elbow|ankle|foot|spine|arm|leg|thumb|finger|jaw) "
)


def _find_part(document: Document) -> list[Span]:
    """A part of the body under the heading for the diagnosis, or the one the patient was referred for."""
    low = document.low
    found = [
        span(sentence)
        for sentence in document.sentences
        if sentence.section == "assessment" and _IMPAIRED.fullmatch(low, sentence.words, sentence.end) is not None
    ]
    if found:
        return found[:1]
    for section in document.sections:
        if section.name == "diagnosis" and _NAMED_PART.search(low, section.body, min(section.end, section.body + 80)):
            return [span(section)]
    referred = _REFERRED.search(low) if any(word in low for word in _REFERRING) else None
    return [referred.span()] if referred is not None else []


# An assessment that names what fails, and no more: "A: Decreased coordination."
_IMPAIRED: Final = folded(
    r"(?:decreased|reduced|impaired|poor|limited|weak) (?:[a-z]+ )?(?:coordination|balance|strength|endurance|rom|"
    r"mobility|"
    r"grip|gait|posture|sensation|memory|attention|speech|voice|motor control)(?: (?:and|&) [a-z]+)?[.]?"
)
_NAMED_PART: Final = folded(
    r"\b(?:shoulder|knee|hip|back|neck|hand|wrist|elbow|ankle|foot|spine|arm|leg|thumb|finger|"
    r"jaw|balance|gait|speech|voice|weak\w*)\b"
)
_REFERRING: Final = ("refer", "seen for", "here for")
_REFERRED: Final = folded(
    r"\b(?:referred|referral|seen|here|treated|tx'd|evaluated) for (?:the |her |his )?(?:\w+ ){0,2}"
    r"(?:shoulder|knee|hip|back|neck|hand|wrist|elbow|ankle|foot|spine|thumb|finger|jaw|balance|gait|speech|voice)\b"
)


def _find_unknown(document: Document) -> list[Span]:
    """What stands under a heading for the diagnosis in words that no vocabulary has."""
    for section in document.sections:
        told = _UNKNOWN.match(document.low, section.body, section.end) if section.name == "diagnosis" else None
        if told is not None:
            return [told.span()]
    told = _NAMED_UNKNOWN.search(document.low, 0, _HEAD) if document.gates & _NAMED_UNKNOWN_GATE else None
    return [told.span("what")] if told is not None else []


_HEAD: Final = 600  # code points
# In a line of the head: "Mrs. Ravenscroft, 86    Dx: Pisa syndrome".
_NAMED_UNKNOWN: Final = folded(
    r"\b(?:dx|diagnosis|problem) ?: (?P<what>(?!(?:see|per|as|same|none|n/?a|on|in|not|unknown|unchanged|pending|tbd|"
    r"above|"
    r"refer|code|decreased|impaired|limited|poor)\b)[a-z]{5,}(?:[ '-][a-z]+){0,5})"
)
_NAMED_UNKNOWN_GATE: Final = gate(_NAMED_UNKNOWN)
# Not "see evaluation".
_UNKNOWN: Final = folded(
    r"[ \t:]{0,3}(?!(?:see|per|as|same|none|n/?a|on|in|not|unknown|unchanged|pending|tbd|above|"
    r"refer)\b)[a-z]{5,}(?:[ '-][a-z]+){0,5}"
)
