"""The element of environment: where and with what set-up the task was done."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import (
    OF_THE_VISIT,
    Facts,
    Grade,
    Span,
    absent,
    is_boilerplate,
    is_carried,
    partial,
    present,
    span,
)
from quarterhour.notes.elements.set_up import NAMED, ROOM_GATE, set_up
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, Hit
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.work.phrases import Activity

_PLACE, _HINT = BIT["place"], BIT["place_hint"]


def environment(facts: Facts) -> Grade:
    """Place or set-up of the task; equipment alone is partial."""
    document = facts.document
    if document.missed:
        return absent("no treatment of this day is described")
    if document.summary and not any(service.minutes for service in facts.services):
        return _department(document) or absent("no treatment of this day is described")
    places, hints = _find_places(facts)
    places = [place for place in places if not _counts_time(facts, place)]
    if not places:
        places = _find_video(document)
    if places:
        return present("place or set-up of the task is told", places[:3])
    if not hints and document.gates & _HEIGHT_GATE:
        hints = [match.span() for match in _HEIGHT.finditer(document.low)]
    if hints:
        return partial("only equipment or a hint of the set-up", hints[:3])
    return _department(document) or absent("no place or set-up is told")


def _counts_time(facts: Facts, place: Span) -> bool:
    """The figure behind the room is that of the time spent in it: "timed 20, in room 22"."""
    counted = facts.times.evidence.get("total", ())
    return _NUMBERED.match(facts.document.low, *place) is not None and any(
        first <= place[0] and place[1] <= last for first, last in counted
    )


_NUMBERED: Final = folded(r"(?:in )?room(?: \d+)?")


def _department(document: Document) -> Grade | None:
    """The grade of a note that names the kind of clinic and no more."""
    low = document.low
    named = _DEPARTMENT.search(low) if any(word in low for word in _VISITED) else None
    return partial("only the kind of clinic is named", [named.span()]) if named is not None else None


_DEPARTMENT: Final = folded(
    r"\boutpatient (?:clinic|rehab\w*(?: department)?|department|therapy (?:clinic|gym))|\bin (?:the )?clinic\b|"
    r"\bhome visit\b"
)
# One of them stands in every match of it.
_VISITED: Final = ("outpatient ", "clinic", "home visit")
# The height of what was climbed, sat on or lifted to: "STS 17\" box", "step up 6 in".
_HEIGHT: Final = folded(
    r"\b(?:the|an?|her|his) (?:[a-z]+ )?\d{1,2} ?(?:\"|in\b\.?|inch|cm\b)[- ]?(?:[a-z]+ )?(?:curb|riser|"
    r"platform|step|stool|box|bench|shelf|block|seat|ledge|sill|hurdle|stair|rail|rack|counter|surface)s?\b|"
    r"\b(?:sts|sit[ -]to[ -]stands?|step[ -]?(?:ups?|downs?|up/down|overs?)) (?:to |on |over )?(?:an? )?"
    r"\d{1,2}(?: ?\"| ?in\b| ?inch)"
)
_HEIGHT_GATE: Final = gate(_HEIGHT)


def _find_video(document: Document) -> list[Span]:
    """Where the patient sat at the other end of a visit by video, wherever the note tells it."""
    low = document.low
    video = _BY_VIDEO.search(low) if any(word in low for word in _REMOTE) else None
    return [video.span("place")] if video is not None else []


_BY_VIDEO: Final = folded(
    r"\b(?:on|by|via|over) (?:video|telehealth|camera|zoom|phone and video)[^.;\n]{0,16}? (?:from|in|at) "
    r"(?:her|his|their|the) (?P<place>(?:[a-z]+ )?(?:kitchen|living room|bedroom|bathroom|home|office|garage|house|"
    r"apartment|dining room|room))\b"
)
_REMOTE: Final = ("video", "telehealth", "camera", "zoom")


def _find_places(facts: Facts) -> tuple[list[Span], list[Span]]:
    """Places and set-ups of today's work, and hints of them."""
    document = facts.document
    places: list[Span] = []
    hints: list[Span] = []
    for sentence in document.sentences:
        if sentence.section not in _TREATED or is_carried(document, sentence) or _is_uncounted(document.low, sentence):
            continue
        if sentence.gates & ROOM_GATE or sentence.mask & NAMED or sentence.section == "environment":
            found, hinted = set_up(facts, sentence)
            places += found
            hints += hinted
        if sentence.mask & (_PLACE | _HINT) and not is_boilerplate(sentence) and sentence.start not in facts.stuffed:
            found, hinted = _find_named(facts, sentence)
            places += found
            hints += hinted
    return places, hints


_TREATED: Final = OF_THE_VISIT - {"progress"}


def _is_uncounted(low: str, sentence: Sentence) -> bool:
    """What is told lies outside the treatment: "ten minutes on the chair with water in between, don't count that"."""
    return sentence.gates & _UNCOUNTED_GATE != 0 and _UNCOUNTED.search(low, sentence.start, sentence.end) is not None


_UNCOUNTED: Final = folded(
    r"\b(?:talk(?:ed|ing)|wait(?:ed|ing)|sat|rest(?:ed|ing)?|phon(?:ed|ing)|break|water|paperwork|parking|toilet(?:ed)?|min\w*)\b"
    r"[^.;\n]{0,70}?\b(?:not (?:charged|counted|billed|included)|(?:don't|do not|didn't) (?:count|charge|bill)|"
    r"uncharged|uncounted|no charge)\b"
)
_UNCOUNTED_GATE: Final = gate(_UNCOUNTED)


def _find_named(facts: Facts, sentence: Sentence) -> tuple[list[Span], list[Span]]:
    """Places and equipment of the vocabulary in one sentence."""
    document = facts.document
    low = document.low
    done = [item for item in facts.activities if item.sentence is sentence and item.status == PERFORMED]
    places: list[Span] = []
    hints: list[Span] = []
    for hit in sentence.hits:
        if hit.mask & _PLACE and sentence.section != "assessment":
            if not _is_place(document, sentence, hit, done=bool(done)):
                continue
            fixture = low.endswith(_FIXTURES, hit.start, hit.end)  # it may stand anywhere
            if not fixture and not _REACHED.search(low, max(sentence.start, hit.start - 40), hit.start):
                places.append(span(hit))
            elif done:
                hints.append(span(hit))
        elif hit.mask & _HINT and _is_equipment(low, sentence, hit, done):
            hints.append(span(hit))
    return places, hints


_FIXTURES: Final = ("the stairs", "the steps", "elevator", "the chair")
# A place only walked to.
_REACHED: Final = folded(r"\b(?:to|toward|towards) (?:the |her |his )?$")


def _is_place(document: Document, sentence: Sentence, hit: Hit, *, done: bool) -> bool:
    """The place was that of today's work; ``done``: something was done in the sentence."""
    low = document.low

    def before(reach: int) -> tuple[int, int]:
        return max(sentence.start, hit.start - reach), hit.start

    if _AT_HOME.fullmatch(low, hit.start, hit.end) and not _HOME_VISIT.search(low):
        return False  # practice at home, or how things are there
    if _THING_OF.match(low, hit.end) or _CAUSED_BY.search(low, *before(24)) or _OTHERS_IN.search(low, *before(30)):
        return False
    if low.startswith(("the ", "her ", "his "), hit.start) and not _AT.search(low, *before(12)):
        return False  # "he heats the house": told of life, not of where the work was done
    if _FOR_LIFE.search(low, sentence.start, hit.start) or _LIVES.search(low, *before(40)):
        return False  # what the work is for, not where it was done
    if sentence.section == "header" and not _LOCATED.search(low, *before(30)):
        return False
    told_aside = sentence.mask & (BIT["goal"] | BIT["compare"]) and not _fills_part(low, sentence, hit)
    if told_aside and not _LOCATED.search(low, *before(12)):
        return False
    if not _is_told_of_today(document, sentence, hit):
        return False
    return done or not _LIFE_PLACE.fullmatch(low, hit.start, hit.end)


def _fills_part(low: str, sentence: Sentence, hit: Hit) -> bool:
    """The place, with a word or two for its kind, is a part of the sentence by itself: ", practice kitchenette."."""
    return (
        not sentence.mask & BIT["goal"]
        and low[hit.end : hit.end + 1] in _MARKS
        and _PART_OPENS.search(low, max(sentence.start, hit.start - 40), hit.start) is not None
    )


_MARKS: Final = (".", ",", ";", ":", "\n", "")
_PART_OPENS: Final = folded(r"[,;:.)] (?:(?:her|his|the) )?(?:(?!to |from |for |of |in )[a-z-]+ ){0,2}\Z")
_CAUSED_BY: Final = folded(r"\b(?:because of|due to|thanks to|on account of) (?:the |her |his )?\Z")
_AT_HOME: Final = folded(r"(?:at )?home")
_HOME_VISIT: Final = folded(
    r"\b(?:seen|treated|visited|visit) (?:at|in) (?:\w+ ){0,2}home\b|\b(?:pt|patient|client) at home\b|"
    r"\bhome (?:visit|health|care)\b|\bhomebound\b|"
    r"\b(?:location|setting|place|pos|site|seen)\b[ :=-]{1,3}(?:\w+ ){0,2}home\b|(?:^|\n)home\b(?! ?(?:program|ex|:))"
)
# "kitchen photos", "son in waiting room": a thing named by a place, and where others were.
_THING_OF: Final = folded(
    r" (?:of )?(?:the |her |his )?(?:base of support|bos|limits of|normal limits)\b|"
    r" (?:(?:task|skills?) )?(?:photos?|pictures?|items?|objects?|words?|vocabulary|scenes?|lists?|walk-?through|"
    r"hazards?|names?|magazines?|director(?:y|ies)|bulletins?|menus?|"
    r"assessment|safety|equipment needs)\b"
)
_OTHERS_IN: Final = folded(
    r"\b(?:son|daughter|wife|husband|spouse|mother|father|mom|dad|family|caregiver|aide|partner|sister|brother|"
    r"parents?) "
    r"(?:\w+ )?(?:waited |was |is |sat |waiting )?(?:in|outside|at) (?:the )?$"
)
_AT: Final = folded(
    r"(?:\b(?:in|at|on|to|from|into|onto|of|inside|outside|around|through|down|up|out|off|by|near|and|over)|"
    r"[,:(/=-]|^|\n) ?$"
)
_FOR_LIFE: Final = folded(
    r"\b(?:so (?:that )?(?:she|he|they|pt|one)|in order to|(?:lets?|allows?) (?:her|him)|need(?:s|ed)? (?:for|to)|"
    r"wants? to|(?:because|bc|b/c|since|as) (?:her|his|their|she|he|pt|the (?:patient|client))\b|for (?:function|use|"
    r"safety|independence|life|carry-?over))\b[^.]*$|"
    r"\b(?:partner|practice|script|training|prep\w*) for (?:the |a |her |his )?$|"
    r"\b(?:is|are|was|were) (?:what|where|how) (?:she|he|they) [a-z]+ (?:it |them )?(?:at|in|to|on|for) (?:the |her |"
    r"his )?$|"
    r"\bacross (?:(?!the|a|an|her|his|one)[a-z]+,? )*$|"
    r"\b(?:impact(?:s|ing)|affect(?:s|ing)|limit(?:s|ing)) (?:her |his |their )?(?:[a-z]+ )?(?:performance|"
    r"participation|"
    r"function\w*|independence) (?:at|in|within) (?:[a-z]+,? )*$"
)
_LIVES: Final = folded(r"\b(?:lives?|living|resides?|works?|working|employed|sleeps?|retired)\b[^.;,]{0,24}$")
_LOCATED: Final = folded(
    r"(?:\b(?:in|at|on|location|inside|outside|to|from|of|setting|place|own)|[,:|-])[ ]?(?:the "
    r"|a |an |her |his |own |patient's |resident's |unit |clinic )*(?:rehab |adapted |model |adl |mock |hospital |"
    r"facility )?$"
)
# Places of a patient's life that are named without anything being done there.
_LIFE_PLACE: Final = folded(
    r"school|church|chapel|farm|park|warehouse|restaurant|cafe|office|supermarket|stadium|barn|gift shop|job site|"
    r"worksite|"
    r"loading dock"
)


def _is_told_of_today(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """The place is not one of another day; "home" itself is no cue that something is done at another time."""
    if status_of(document, sentence, hit.start, hit.end) in (PERFORMED, "uncertain"):
        return True
    if hit.start == sentence.words and _IN_THE_HOME.match(document.low, hit.end) is not None:
        return True
    return "home" in document.low[hit.start : hit.end] and not any(
        cue.mask & BIT["home"] and cue.start != hit.start for cue in sentence.cues
    )


# Where the visit was, before all that was done there: "Kitchen table at home, daughter there."
_IN_THE_HOME: Final = folded(r" (?:at|in) (?:her |his |their |the )?(?:own )?home[,;.]")


def _is_equipment(low: str, sentence: Sentence, hit: Hit, done: list[Activity]) -> bool:
    """The word tells with what a task was done, and is not part of the name of an exercise."""
    return (
        sentence.section in _TREATING
        and any(item.start <= hit.start < item.end and item.kind not in _EXERCISES for item in done)
        and not _IN_NAME.match(low, hit.start, hit.end + 12)
        and not _is_no_furniture(low, sentence, hit.start, hit.end)
    )


_TREATING: Final = frozenset({"treatment", "objective", "note", "header"})
_EXERCISES: Final = frozenset({"exercise", "neuromuscular", "manual"})
# Words of equipment inside the name of an exercise or of a command.
_IN_NAME: Final = folded(
    r"(?:lateral )?steps?[ -](?:down|up|over|to|length|command|direction)|(?:two|one|three|\d)[ -]step"
)


def _is_no_furniture(low: str, sentence: Sentence, start: int, end: int) -> bool:
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
