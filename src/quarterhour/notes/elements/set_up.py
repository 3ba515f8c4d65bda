"""Where and with what a task was set up, by the shape of the words: rooms, mock-ups, furniture at a height, and lines
that tell nothing else.
"""

from __future__ import annotations

import re
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import NOT_TODAY, Facts, Span, span
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.wording.patterns import folded

_HINT, _PLACE = BIT["place_hint"], BIT["place"]
#: Families of which a sentence has one that tells a set-up without a room.
NAMED: Final = _HINT | _PLACE | BIT["function"]


def set_up(facts: Facts, sentence: Sentence) -> tuple[list[Span], list[Span]]:
    """Places and set-ups of a sentence whatever they show, and furniture that only stands in the name of a task.

    Rooms by name or number ("resource room table", "Room 14"), mock-ups, furniture at a height, and parts that tell
    nothing but how things stood ("Her own room, 19 in recliner with the footrest down").
    """
    low = facts.document.low
    arranged, hints = _find_arranged(facts, sentence)
    found = [*_find_rooms(low, sentence), *arranged, *_find_standing(low, sentence)]
    if not found and sentence.section == "environment" and len(_WORDS.findall(low, sentence.start, sentence.end)) > 2:
        found.append(span(sentence))
    return found, hints


_WORDS: Final = folded(r"[a-z]{2,}")


def _find_rooms(low: str, sentence: Sentence) -> list[Span]:
    """Rooms by name or number, and mock-ups."""
    if not sentence.gates & ROOM_GATE:
        return []
    return [
        match.span()
        for match in _ROOM.finditer(low, sentence.start, sentence.end)
        if _NO_ROOM.search(low, max(sentence.start, match.start() - 24), match.start()) is None
        and _OF_CLINIC.match(low, match.end()) is None
    ]


_ROOM: Final = folded(
    r"\b(?:(?!(?:the|a|an|his|her|no|of|in|more|head|leg|emergency|operating|same|small|warm|cold|dining|waiting|"
    r"home|living|around|round|sharp|tight|next|"
    r"to|for|and|from|this|each|speech|as) )[a-z]+ (?:room|bay|module|booth|tower|lab|suite|corner|alcove|"
    r"nook)\b(?! (?:#|no|number)|:)|"
    r"(?:room|bay|booth|lane|studio|classroom) "
    r"[#]?(?:\d{1,3}[a-z]?|[a-d])\b|[a-z]+ mock-?ups?\b|mock-?ups? of\b|mock [a-z]+|(?:beside|next to|by) the (?:bed|"
    r"window|stove)|in the next room)"
)
# The name of a clinic: "LANTERN BAY HOSPITAL".
_OF_CLINIC: Final = folded(
    r" (?:[a-z]+ )?(?:hospital|clinic|center|centre|rehab\w*|therapy|medical|health|outpatient|physio\w*|associates|"
    r"group|inc|llc|pt|ot|slp)\b"
)
ROOM_GATE: Final = gate(_ROOM)
# Whose room it is, where it leads to, or what the patient does there in life: "She runs the parish tea room".
_NO_ROOM: Final = folded(
    r"\b(?:(?:to|from|patient|pt|resident|res|name|his|her) |"
    r"(?:she|he|they) (?:runs?|owns?|manages?|cleans?|keeps?|volunteers? in|works? in) (?:an? |the |her |"
    r"his )?(?:[a-z]+ )?)$"
)


def _find_arranged(facts: Facts, sentence: Sentence) -> tuple[list[Span], list[Span]]:
    """Furniture with its height or its position, and such that stands in the name of a task: "raised seat 19 in",
    "chair angled", "armrests removed".
    """
    found: list[Span] = []
    hints: list[Span] = []
    if sentence.gates & _ARRANGED_GATE and sentence.mask & _HINT and not sentence.mask & BIT["goal"]:
        for match in _ARRANGED.finditer(facts.document.low, sentence.start, sentence.end):
            (hints if _in_a_task(facts, sentence, match.start()) else found).append(match.span())
    return found, hints


_ARRANGED: Final = folded(
    r"\b(?:(?:seat|bed|chair|toilet|commode|mat table|bench)(?: height| set)?(?: at| to|:|,)? \d{2} ?(?:in\b|inch|"
    r"cm\b)(?! (?:from|to)\b)|"
    r"(?:counter|line|shelf|mirror|rail|hook|rod|stool|sink|table|surface|rack|pole|rope)"
    r"(?: height| set| raised| lowered)? (?:at|to) \d{1,2} ?(?:in\b|inch|ft\b|feet|cm\b)(?! (?:from|to)\b)|"
    r"at (?:wheelchair|w/c|counter|desk|bed|bench|table|sink) (?:height|level)\b|"
    r"upright (?:at|in) (?:the |a |her |his )?[a-z]+ with|"
    r"(?:commode|chair|walker|wheelchair|w/c|table|recliner) (?:angled|positioned|parked|turned)\b|"
    r"(?:armrests?|footrests?|leg rests?|door frame) (?:removed|off|in place|out|up)\b)"
)
_ARRANGED_GATE: Final = gate(_ARRANGED)


def _in_a_task(facts: Facts, sentence: Sentence, place: int) -> bool:
    """The furniture stands in the name of a task: "hanging laundry on a rack at 62 in"."""
    return any(
        item.start < place < item.end
        and item.status == PERFORMED
        and _GERUND.match(facts.document.low, item.start, place) is not None
        for item in facts.activities
        if item.sentence is sentence
    )


_GERUND: Final = folded(r"(?!standing\b|sitting\b)[a-z]{3,}ing\b")


def _find_standing(low: str, sentence: Sentence) -> list[Span]:
    """Parts without a verb, a dose or a level that name furniture or a room and how it stood."""
    if not _may_picture(low, sentence):
        return []
    found: list[Span] = []
    start = sentence.start
    for border in [*_BORDER.finditer(low, sentence.start, sentence.end), None]:
        end = border.start() if border is not None else sentence.end
        if _pictures(low, sentence, start, end, _STANDS):
            found.append((start, end))
        elif low.find(", ", start, end) >= 0:
            opening = start
            for piece in low[start:end].split(", "):
                if _pictures(low, sentence, opening, opening + len(piece), _RELATED):
                    found.append((opening, opening + len(piece)))
                opening += len(piece) + 2
        start = border.end() if border is not None else end
    return found


def _may_picture(low: str, sentence: Sentence) -> bool:
    """The sentence is short, of the treatment, and has what every part of it has that pictures a set-up."""
    start, end = span(sentence)
    return (
        sentence.mask & NAMED != 0
        and sentence.section in _TREATING
        and end - start < _LONGEST
        and _STANDS.search(low, start, end) is not None
        and _THING.search(low, start, end) is not None
    )


_TREATING: Final = frozenset({"treatment", "objective", "note", "environment", "header"})
_LONGEST: Final = 400  # code points of a sentence
_BORDER: Final = folded(r"[;:] | - ")


def _pictures(low: str, sentence: Sentence, start: int, end: int, stands: re.Pattern[str]) -> bool:
    """[start, end) names a thing or a place and how it stands, and tells nothing else."""
    return (
        _SHORTEST_PART < end - start < _LONGEST_PART
        and stands.search(low, start, end) is not None
        and _THING.search(low, start, end) is not None
        and _WORK.search(low, start, end) is None
        and not any(_tells_more(low, hit, end) for hit in sentence.hits if start <= hit.start < end)
    )


_SHORTEST_PART, _LONGEST_PART = 8, 110  # code points
_THING: Final = folded(
    r"\b(?:beds?|bench|chairs?|stool|table|sink|commode|toilet|tub|shower|recliner|wardrobe|closet|counter|shel(?:f|"
    r"ves|"
    r"ving)|rack|desk|ramp|curb|rails?|stairs?|steps?|board|mat|kneeler|oven|stove|fridge|refrigerator|dishwasher|"
    r"washer|dryer|door|doorway|bathroom|kitchen|bedroom|pool|water|lamp|lights?|mirror|wheelchair|hall|hallway|porch|"
    r"path|lawn|courtyard|gym|room|bay|corner|floor|rug|carpet|seat|sofa|couch|easel|vise|hatch|bars?|plate|cup|gravel|"
    r"radio|tv|television|"
    r"grass|pavement|turf)\b"
)
_RELATION: Final = (
    r"\b(?:own|from home|as at home|removed|"
    r"(?:lowered|raised)(?! (?:to|from|by|when|after|once))|clamped|propped|locked|angled|parked|dimmed|lit|dry|wet|"
    r"installed|bolted|roped|folded down|"
    r"with (?:arms|rails?|armrests?|bars?|(?:his|her) own|the [a-z]+ (?:up|down|off|on|open|closed|covered))|"
    r"on (?:the|her|his) (?:left|right)|"
    r"(?:left|right) only|behind|beside|against|upright (?:in|at|on)|seated (?:at|on|in))\b"
)
_RELATED: Final = folded(_RELATION)
_STANDS: Final = folded(rf"\d(?:\.\d)? ?(?:in|inch|inches|ft|feet|cm|f|degrees?|deg|°|lux)(?![a-z])|{_RELATION}")
# Words that make a part more than the picture of a place: work, a person who acts, a verb, a dose, a score.
_WORK: Final = folded(
    r"\d{4}|\d ?%|\b(?!(?:standing|building|ceiling|railing|dining|living|waiting|parking|clothing|training|loading|"
    r"landing|"
    r"bedding|"
    r"swing|ring|spring|string|sitting|evening|morning) )[a-z]{2,}ing\b(?! (?:bench|chair|table|room|board|rack|"
    r"corner|stool|"
    r"desk|station|seat|frame|rod))|step[- ](?:ups?|downs?|overs?)\b|\bto (?:the |her |his |a )?(?:bed|chair|"
    r"wheelchair|"
    r"toilet|mat|commode|floor|stand|sit)\b|"
    r"\bx ?\d|\d ?x\b|\d/\d|\b(?:she|he|they|pt|patient|client|resident|we|i|was|were|is|are|be|needs?|needed|did|"
    r"had|has|have|can|could|lives|reports?|states?|min|mins|minutes|lbs?|pain|tolerated|continue|reps|sets|sec|to (?:"
    r"[a-z]+ ){0,2}and|fell|last|ago|walked|placed|lifted|carried|moved|reached|pushed|pulled|stood|sat|used|taught|"
    r"showed|dx|"
    r"diagnosis|total|timed)\b"
)


def _tells_more(low: str, hit: Hit, end: int) -> bool:
    """The word names help, another time, or an activity that is not the name of a thing behind it ("shower chair")."""
    if hit.mask & _OTHERWISE:
        return True
    return (
        hit.mask & BIT["activity"] != 0
        and not hit.mask & (_HINT | _PLACE | BIT["faint"])
        and _THING.match(low, hit.end + 1, end) is None
    )


_OTHERWISE: Final = LEVELS | NOT_TODAY | BIT["goal"] | BIT["boilerplate"]
