"""Elements of context: the condition treated, and where and with what set-up."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.elements.grade import Facts, Grade, absent, is_boilerplate, partial, present
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded, written
from quarterhour.notes.status import PERFORMED, status_of

_PLACE, _HINT, _CONDITION, _SYMPTOM_DX, _DX = (
    BIT["place"],
    BIT["place_hint"],
    BIT["condition"],
    BIT["symptom_dx"],
    BIT["dx_label"],
)
_GENERIC: Final = BIT["weak_condition"]
_ICD: Final = written(r"[A-TV-Z](?<![\w.].)\d[\dA-Z]\.[\dA-Z]{1,4}(?!\w)")
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
_DENIED: Final = folded(
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
                if (
                    not hit.mask & _GENERIC
                    or labelled
                    or sentence.section == "header"
                    or (_PATHOLOGY.match(word) is not None and _of_the_body(low, sentence, hit.start, hit.end))
                ):
                    conditions.append((sentence.start, sentence.end) if end_near(sentence) else (hit.start, hit.end))
            elif hit.mask & _SYMPTOM_DX and (
                labelled
                or (
                    sentence.section in ("header", "assessment", "subjective", "note")
                    and not (sentence.section == "note" and low.startswith(("did ", "worked on "), sentence.start))
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
    referred = _REFERRED.search(low) if "refer" in low or "seen for" in low or "here for" in low else None
    if referred is not None:
        return partial("only a symptom or a region is named", [referred.span()])
    code = _ICD.search(document.text)
    if code is not None:
        return partial("only a diagnosis code stands there", [code.span()])
    return absent("no condition is named in the text")


_PATHOLOGY: Final = folded(
    r"(?:fracture|fx|strain|sprain|repair|replacement|reconstruction|release|fusion|instability|decompression|"
    r"status post|s/p|surgery|"
    r"syndrome|contusion|dysfunction|rupture|tear|deformity|disease|disorder)"
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


def _of_the_body(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """A part of the body stands beside a word of injury or surgery: "T12 compression fx", "s/p left total hip"."""
    return (
        _BODY.search(low, max(sentence.start, start - 32), start) is not None
        or _BODY.search(low, end, min(sentence.end, end + 28)) is not None
    )


_NAMED_PART: Final = folded(
    r"\b(?:shoulder|knee|hip|back|neck|hand|wrist|elbow|ankle|foot|spine|arm|leg|thumb|finger|"
    r"jaw|balance|gait|speech|voice|weak\w*)\b"
)


_REFERRED: Final = folded(
    r"\b(?:referred|referral|seen|here|treated|tx'd|evaluated) for (?:the |her |his )?(?:\w+ ){0,2}"
    r"(?:shoulder|knee|hip|back|neck|hand|wrist|elbow|ankle|foot|spine|thumb|finger|jaw|balance|gait|speech|voice)\b"
)


def end_near(sentence: Sentence) -> bool:
    """The sentence is short enough to be quoted whole."""
    return sentence.end - sentence.start < 70


_TREATED: Final = frozenset(
    {"treatment", "objective", "note", "header", "time", "environment", "rationale", "response", "assessment"}
)
_CLINIC_NAME: Final = folded(r"\b(?:clinic|center|centre|hospital|rehab|care center|school|therapy)\b")


def environment(facts: Facts) -> Grade:
    """Place or set-up of the task; equipment alone is partial."""
    document = facts.document
    low = document.low
    if document.missed:
        return absent("no treatment of this day is described")
    if document.summary and not any(service.minutes for service in facts.services):
        department = _DEPARTMENT.search(low)
        if department is not None:
            return partial("only the kind of clinic is named", [department.span()])
        return absent("no treatment of this day is described")
    places: list[tuple[int, int]] = []
    hints: list[tuple[int, int]] = []
    rooms = any(word in low for word in _ROOM_WORDS)
    for sentence in document.sentences:
        if sentence.section in _TREATED and not document.carried[0] <= sentence.start < document.carried[1]:
            places += _set_up(low, sentence, rooms=rooms)
        if (
            is_boilerplate(sentence)
            or not sentence.mask & (_PLACE | _HINT)
            or sentence.section not in _TREATED
            or sentence.start in facts.stuffed
        ):
            continue
        if document.carried[0] <= sentence.start < document.carried[1]:
            continue
        for hit in sentence.hits:
            if not hit.mask & (_PLACE | _HINT):
                continue
            if _IN_NAME.match(low, hit.start, hit.end + 12) and not hit.mask & _PLACE:
                continue
            if hit.mask & _PLACE and (sentence.section != "assessment"):
                if low.startswith(("the ", "her ", "his "), hit.start) and not _AT.search(
                    low, max(sentence.start, hit.start - 12), hit.start
                ):
                    continue  # "he heats the house": told of life, not of where the work was done
                if _FOR_LIFE.search(low, sentence.start, hit.start):
                    continue  # what the work is for, not where it was done
                if sentence.section == "header" and not _LOCATED.search(
                    low, max(sentence.start, hit.start - 30), hit.start
                ):
                    continue
                if sentence.mask & (BIT["goal"] | BIT["compare"]) and not _LOCATED.search(
                    low, max(sentence.start, hit.start - 12), hit.start
                ):
                    continue
                if status_of(document, sentence, hit.start, hit.end) not in (PERFORMED, "uncertain") and (
                    "home" not in low[hit.start : hit.end]
                    or any(cue.mask & BIT["home"] and cue.start != hit.start for cue in sentence.cues)
                ):
                    continue
                done = any(item.sentence is sentence and item.status == PERFORMED for item in facts.activities)
                if not done and _LIFE_PLACE.fullmatch(low, hit.start, hit.end):
                    continue
                if _REACHED.search(low, max(sentence.start, hit.start - 40), hit.start):
                    hints.extend([(hit.start, hit.end)] if done and not is_boilerplate(sentence) else [])
                    continue
                places.append((hit.start, hit.end))
            elif (
                hit.mask & _HINT
                and sentence.section in ("treatment", "objective", "note", "header")
                and any(
                    item.start <= hit.start < item.end
                    and item.status == PERFORMED
                    and item.kind not in ("exercise", "neuromuscular", "manual")
                    for item in facts.activities
                    if item.sentence is sentence
                )
            ):
                hints.append((hit.start, hit.end))
    if places:
        return present("place or set-up of the task is told", places[:3])
    if hints:
        return partial("only equipment or a hint of the set-up", hints[:3])
    department = _DEPARTMENT.search(low) if any(word in low for word in _VISITED) else None
    if department is not None:
        return partial("only the kind of clinic is named", [department.span()])
    return absent("no place or set-up is told")


def _set_up(low: str, sentence: Sentence, *, rooms: bool) -> list[tuple[int, int]]:
    """Rooms by name or number, and mock-ups, whatever they show: "resource room table", "Room 14", "closet mock-up"."""
    found = [
        match.span()
        for match in (_ROOM.finditer(low, sentence.start, sentence.end) if rooms else ())
        if _NO_ROOM.search(low, max(sentence.start, match.start() - 14), match.start()) is None
    ]
    if sentence.mask & _HINT and not sentence.mask & BIT["goal"]:
        found += [match.span() for match in _ARRANGED.finditer(low, sentence.start, sentence.end)]
    if not found and sentence.section == "environment" and len(_WORDS.findall(low, sentence.start, sentence.end)) > 2:
        found.append((sentence.start, sentence.end))
    return found


_ROOM: Final = folded(
    r"\b(?:(?!(?:the|a|an|his|her|no|of|in|more|head|leg|emergency|operating|same|small|warm|cold|dining|waiting|"
    r"home|living|around|round|sharp|tight|next|"
    r"to|for|and|from|this|each|speech|as) )[a-z]+ (?:room|bay|module|booth|tower|lab|suite|corner|alcove|"
    r"nook)\b(?! (?:#|no|number)|:)|"
    r"(?:room|bay|booth|lane|studio|classroom) "
    r"[#]?(?:\d{1,3}[a-z]?|[a-d])\b|[a-z]+ mock-?ups?\b|mock-?ups? of\b|mock [a-z]+|(?:beside|next to|by) the (?:bed|"
    r"window|stove))"
)
# One of them stands in every match.
_ROOM_WORDS: Final = (
    "room",
    " bay",
    "bay ",
    " module",
    "booth",
    " corner",
    " alcove",
    " nook",
    " tower",
    " lab",
    " suite",
    "lane ",
    "studio ",
    "mock",
    "beside the ",
    "next to the ",
    "by the ",
)
# Furniture with its height or its position: "raised seat 19 in", "chair angled", "armrests removed".
_ARRANGED: Final = folded(
    r"\b(?:(?:seat|bed|chair|toilet|commode|mat table|bench)(?: height| set)?(?: at| to|:)? \d{2} ?(?:in\b|inch|"
    r"cm\b)(?! (?:from|to)\b)|"
    r"(?:counter|line|shelf|mirror|rail|hook|rod|stool|sink|table|surface|rack|pole|rope)"
    r"(?: height| set| raised| lowered)? (?:at|to) \d{1,2} ?(?:in\b|inch|ft\b|feet|cm\b)(?! (?:from|to)\b)|"
    r"upright (?:at|in) (?:the |a |her |his )?[a-z]+ with|"
    r"(?:commode|chair|walker|wheelchair|w/c|table|recliner) (?:angled|positioned|parked|turned)\b|"
    r"(?:armrests?|footrests?|leg rests?|door frame) (?:removed|off|in place|out|up)\b)"
)
_NO_ROOM: Final = folded(r"\b(?:to|from|patient|pt|resident|res|name|his|her) $")
_WORDS: Final = folded(r"[a-z]{2,}")
# Places of a patient's life that are named without anything being done there.
_LIFE_PLACE: Final = folded(
    r"school|church|farm|park|warehouse|restaurant|cafe|office|supermarket|stadium|barn|gift shop|job site|worksite|"
    r"loading dock"
)
# A place only walked to.
_REACHED: Final = folded(r"\b(?:to|toward|towards) (?:the |her |his )?$")
# Words of equipment inside the name of an exercise or of a command.
_DEPARTMENT: Final = folded(
    r"\boutpatient (?:clinic|rehab\w*(?: department)?|department|therapy (?:clinic|gym))|\bin (?:the )?clinic\b|"
    r"\bhome visit\b"
)
_VISITED: Final = ("outpatient ", "clinic", "home visit")
_IN_NAME: Final = folded(
    r"(?:lateral )?steps?[ -](?:down|up|over|to|length|command|direction)|(?:two|one|three|\d)[ -]step"
)
_FOR_LIFE: Final = folded(
    r"\b(?:so (?:that )?(?:she|he|they|pt|one)|in order to|(?:lets?|allows?) (?:her|him)|need(?:s|ed)? (?:for|to)|"
    r"wants? to|for (?:function|use|safety|independence|life|carry-?over))\b[^.]*$|"
    r"\b(?:partner|practice|script|training|prep\w*) for (?:the |a |her |his )?$"
)
_AT: Final = folded(
    r"(?:\b(?:in|at|on|to|from|into|onto|of|inside|outside|around|through|down|up|out|off|by|near|and|over)|"
    r"[,:(/=-]|^|\n) ?$"
)
_LOCATED: Final = folded(
    r"(?:\b(?:in|at|on|location|inside|outside|to|from|of|setting|place|own)|[,:|-])[ ]?(?:the "
    r"|a |an |her |his |own |patient's |resident's |unit |clinic )*(?:rehab |adapted |model |adl |mock )?$"
)
