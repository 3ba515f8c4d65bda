"""Elements of context: the condition treated, and where and with what set-up."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.clauses import Sentence
from quarterhour.notes.document import Document
from quarterhour.notes.elements.grade import Facts, Grade, absent, is_boilerplate, partial, present
from quarterhour.notes.elements.set_up import NAMED, ROOM_GATE, set_up
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT, Hit
from quarterhour.notes.patterns import folded, written
from quarterhour.notes.status import status_of

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
_CREDENTIAL: Final = folded(r"ms,? (?:ccc|otr?|pt|slp|cf|dpt|chs|cht)\b")  # the degree behind a name, no disease
_DX_FIRST: Final = folded(r"(?:(?:tx|treatment|medical|med|primary|secondary) )?(?:dx|diagnos[ie]s)\b")


def diagnosis(facts: Facts) -> Grade:
    """The condition treated; a symptom or a region alone is partial."""
    document = facts.document
    low = document.low
    conditions: list[tuple[int, int]] = []
    symptoms: list[tuple[int, int]] = []
    for sentence in document.sentences:
        if (
            not sentence.mask & (_CONDITION | _SYMPTOM_DX)
            or (
                sentence.section not in _DX_AREA
                and not (sentence.mask & _DX and (sentence.section == "empty" or _DX_FIRST.match(low, sentence.start)))
            )
            or sentence.start in facts.stuffed
        ):
            continue
        labelled = bool(sentence.mask & _DX) or sentence.section == "diagnosis"
        for hit in sentence.hits:
            if not hit.mask & (_CONDITION | _SYMPTOM_DX):
                continue
            if (
                _DENIED.search(low, max(sentence.start, hit.start - 30), hit.start)
                or _CREDENTIAL.match(low, hit.start) is not None
            ):
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
                    and (
                        " " in word
                        or word not in ("pain", "fatigue", "numbness", "stiffness", "dizziness", "cough")
                        or (
                            _PART_ALONE.fullmatch(low, sentence.start, hit.start) and sentence.end - hit.end < 2
                        )  # the stop
                    )
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
    for section in document.sections:
        told = _UNKNOWN.match(low, section.body, section.end) if section.name == "diagnosis" else None
        if told is not None:
            return present("a condition is named", [told.span()])
    code = _ICD.search(document.text)
    if code is not None:
        return partial("only a diagnosis code stands there", [code.span()])
    return absent("no condition is named in the text")


# What is told under a heading for the diagnosis in words no vocabulary has, but not "see evaluation".
_UNKNOWN: Final = folded(
    r"[ \t:]{0,3}(?!(?:see|per|as|same|none|n/?a|on|in|not|unknown|unchanged|pending|tbd|above|"
    r"refer)\b)[a-z]{5,}(?:[ '-][a-z]+){0,5}"
)
# What stands before a complaint that fills its line or sentence: "L hand stiffness."
_PART_ALONE: Final = folded(
    r"[-* ]*(?:(?:r|l|rt|lt|right|left|b|bilat|bilateral|chronic|low|upper|lower|mid) )*(?:shoulder|knee|hip|back|"
    r"neck|hand|wrist|elbow|ankle|foot|spine|arm|leg|thumb|finger|jaw) "
)
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
    for sentence in document.sentences:
        if sentence.section not in _TREATED or document.carried[0] <= sentence.start < document.carried[1]:
            continue
        if sentence.gates & ROOM_GATE or sentence.mask & NAMED or sentence.section == "environment":
            found, carried = set_up(facts, sentence)
            places += found
            hints += carried
        if is_boilerplate(sentence) or not sentence.mask & (_PLACE | _HINT) or sentence.start in facts.stuffed:
            continue
        done = [item for item in facts.activities if item.sentence is sentence and item.status == PERFORMED]
        for hit in sentence.hits:
            if hit.mask & _PLACE and sentence.section != "assessment":
                if not _is_place(document, sentence, hit, done=bool(done)):
                    continue
                fixture = low.endswith(_FIXTURES, hit.start, hit.end)  # it may stand anywhere
                if fixture or _REACHED.search(low, max(sentence.start, hit.start - 40), hit.start):
                    hints.extend([(hit.start, hit.end)] if done else [])
                    continue
                places.append((hit.start, hit.end))
            elif (
                hit.mask & _HINT
                and sentence.section in ("treatment", "objective", "note", "header")
                and any(
                    item.start <= hit.start < item.end and item.kind not in ("exercise", "neuromuscular", "manual")
                    for item in done
                )
                and not _IN_NAME.match(low, hit.start, hit.end + 12)
                and not _no_furniture(low, sentence, hit.start, hit.end)
            ):
                hints.append((hit.start, hit.end))
    video = _BY_VIDEO.search(low) if not places and any(word in low for word in _REMOTE) else None
    if video is not None:
        places.append(video.span("place"))
    if not places and not hints and document.gates & _HEIGHT_GATE:
        hints += [match.span() for match in _HEIGHT.finditer(low)]
    if places:
        return present("place or set-up of the task is told", places[:3])
    if hints:
        return partial("only equipment or a hint of the set-up", hints[:3])
    department = _DEPARTMENT.search(low) if any(word in low for word in _VISITED) else None
    if department is not None:
        return partial("only the kind of clinic is named", [department.span()])
    return absent("no place or set-up is told")


_FIXTURES: Final = ("the stairs", "the steps", "elevator")


def _is_place(document: Document, sentence: Sentence, hit: Hit, *, done: bool) -> bool:
    """The place was that of today's work; ``done``: something was done in the sentence."""
    low = document.low

    def before(reach: int) -> tuple[int, int]:
        return max(sentence.start, hit.start - reach), hit.start

    if _AT_HOME.fullmatch(low, hit.start, hit.end) and not _HOME_VISIT.search(low):
        return False  # practice at home, or how things are there
    if _THING_OF.match(low, hit.end) or _OTHERS_IN.search(low, *before(30)):
        return False
    if low.startswith(("the ", "her ", "his "), hit.start) and not _AT.search(low, *before(12)):
        return False  # "he heats the house": told of life, not of where the work was done
    if _FOR_LIFE.search(low, sentence.start, hit.start) or _LIVES.search(low, *before(40)):
        return False  # what the work is for, not where it was done
    if sentence.section == "header" and not _LOCATED.search(low, *before(30)):
        return False
    if sentence.mask & (BIT["goal"] | BIT["compare"]) and not _LOCATED.search(low, *before(12)):
        return False
    if status_of(document, sentence, hit.start, hit.end) not in (PERFORMED, "uncertain") and (
        "home" not in low[hit.start : hit.end]
        or any(cue.mask & BIT["home"] and cue.start != hit.start for cue in sentence.cues)
    ):
        return False
    return done or not _LIFE_PLACE.fullmatch(low, hit.start, hit.end)


# Places of a patient's life that are named without anything being done there.
def _no_furniture(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """A step of a sequence, a tray that is carried: "the card for each step", "turns with a tray"."""
    before = low[max(sentence.start, start - 12) : start]
    if low.startswith("step", start) and end - start < 6:  # "step", "steps"
        return _STEP_OF_STAIRS.search(before) is None
    return low.startswith("tray", start) and _CARRIED_THING.search(before) is not None


_STEP_OF_STAIRS: Final = folded(
    r"(?:\d|\b(?:in|inch|curb|bus|porch|entry|stair|platform|front|back|up|down|on|onto|over|off|two|three|four|five|"
    r"six|"
    r"a|low|high)|[\"-]) ?$"
)
_CARRIED_THING: Final = folded(r"\b(?:with|carrying|holding|a) a? ?$")
_LIVES: Final = folded(r"\b(?:lives?|living|resides?|works?|working|employed|sleeps?|retired)\b[^.;,]{0,24}$")
_AT_HOME: Final = folded(r"(?:at )?home")
_HOME_VISIT: Final = folded(
    r"\b(?:seen|treated|visited|visit) (?:at|in) (?:\w+ ){0,2}home\b|\b(?:pt|patient|client) at home\b|"
    r"\bhome (?:visit|health|care)\b|\bhomebound\b|"
    r"\b(?:location|setting|place|pos|site|seen)\b[ :=-]{1,3}(?:\w+ ){0,2}home\b|(?:^|\n)home\b(?! ?(?:program|ex|:))"
)
# "kitchen photos", "son in waiting room": a thing named by a place, and where others were.
_THING_OF: Final = folded(
    r" (?:(?:task|skills?) )?(?:photos?|pictures?|items?|objects?|words?|vocabulary|scenes?|lists?|walk-?through|"
    r"hazards?|names?|magazines?|assessment|safety|equipment needs)\b"
)
_OTHERS_IN: Final = folded(
    r"\b(?:son|daughter|wife|husband|spouse|mother|father|mom|dad|family|caregiver|aide|partner|sister|brother|"
    r"parents?) "
    r"(?:\w+ )?(?:waited |was |is |sat |waiting )?(?:in|outside|at) (?:the )?$"
)
# Where the patient sat at the other end of a visit by video, wherever the note tells it.
_BY_VIDEO: Final = folded(
    r"\b(?:on|by|via|over) (?:video|telehealth|camera|zoom|phone and video)[^.;\n]{0,16}? (?:from|in|at) "
    r"(?:her|his|their|the) (?P<place>(?:[a-z]+ )?(?:kitchen|living room|bedroom|bathroom|home|office|garage|house|"
    r"apartment|dining room|room))\b"
)
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
_REMOTE: Final = ("video", "telehealth", "camera", "zoom")
# The height of what was climbed, sat on or lifted to: "STS 17\" box", "step up 6 in".
_HEIGHT: Final = folded(
    r"\b(?:sts|sit[ -]to[ -]stands?|step[ -]?(?:ups?|downs?|up/down|overs?)) (?:to |on |over )?(?:an? )?"
    r"\d{1,2}(?: ?\"| ?in\b| ?inch)"
)
_HEIGHT_GATE: Final = gate(_HEIGHT)
_VISITED: Final = ("outpatient ", "clinic", "home visit")
_IN_NAME: Final = folded(
    r"(?:lateral )?steps?[ -](?:down|up|over|to|length|command|direction)|(?:two|one|three|\d)[ -]step"
)
_FOR_LIFE: Final = folded(
    r"\b(?:so (?:that )?(?:she|he|they|pt|one)|in order to|(?:lets?|allows?) (?:her|him)|need(?:s|ed)? (?:for|to)|"
    r"wants? to|(?:because|bc|b/c|since|as) (?:her|his|their|she|he|pt|the (?:patient|client))\b|for (?:function|use|"
    r"safety|independence|life|carry-?over))\b[^.]*$|"
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
