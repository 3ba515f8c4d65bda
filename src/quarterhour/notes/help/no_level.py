"""Phrases that read as a level of assistance or a cue and are none: an assistant, a home program, a criterion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from quarterhour.notes.help.came_with import needed
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import Hit
from quarterhour.notes.wording.patterns import folded


class Told(NamedTuple):
    """A phrase of a level or a cue, what it stands for, and the words ``before`` it in its sentence."""

    document: Document
    low: str
    sentence: Sentence
    hit: Hit
    level: str
    before: str


def is_no_level(told: Told) -> bool:
    """What stands beside the phrase says that it is none."""
    return any(means(told) for means in _NO_LEVEL)


def _is_watched(told: Told) -> bool:
    """What the therapist looked for: "I watched for the finger to lag"."""
    low, end = told.low, told.hit.end
    return told.level == "supervision" and low.startswith(" for ", end) and low.endswith("watched", 0, end)


def _stands_by_a_thing(told: Told) -> bool:
    """The patient stands beside something: "heel to toe standing by the counter"."""
    return (
        told.level == "standby"
        and told.low.endswith(_BY, 0, told.hit.end)
        and _A_PLACE.match(told.low, told.hit.end) is not None
        and _ONE_WHO_STANDS.search(told.before) is None
    )


_BY: Final = ("standing by", "stood by", "stand by")
_A_PLACE: Final = folded(
    r" (?:the|an?|his|her|their|each) (?!(?:patient|client|resident|student|child|side|elbow)\b)[a-z]"
)
_ONE_WHO_STANDS: Final = folded(r"\b(?:i|me|therapist|clinician|pta?|ota?|cota|slp) (?:was |just )?$")


def _is_by_somebody(told: Told) -> bool:
    """Supervision by whom: none of the patient."""
    low, end = told.low, told.hit.end
    return told.level == "supervision" and low.startswith(" by ", end) and _BY_THEN.match(low, end) is None


# "close supervision by the third trip": by when, not by whom.
_BY_THEN: Final = folded(
    r" by (?:the )?(?:end|last|final|first|second|third|fourth|fifth|sixth|(?:trial|rep|set|lap|trip|round|pass) \d|"
    r"\d(?:st|nd|rd|th))\b"
)


def _spans_lines(told: Told) -> bool:
    """Minutes, and the heading below them: "29 min", "A: ..."."""
    low, start, end = told.low, told.hit.start, told.hit.end
    return "\n" in low[start:end] and (low[start - 2 : start - 1].isdigit() or low[end] == ":")


def _spans_columns(told: Told) -> bool:
    """Headings of two columns: "MIN   ASSIST"."""
    words = told.low[told.hit.start : told.hit.end]
    return "  " in words or "\t" in words


def _is_of_something_else(told: Told) -> bool:
    """An assistant, a home program, a side: "independent home program", "PT assist"."""
    return _NOT_LEVEL_AFTER.match(told.low, told.hit.end) is not None or (
        told.sentence.gates & _NOT_PATIENT_GATE != 0 and _NOT_PATIENT.search(told.before) is not None
    )


_NOT_LEVEL_AFTER: Final = folded(
    r" (?:home (?:exercise )?program|hep|living|of (?:a |the )?(?:pt|ot|slp|therapist)|"
    r"side|variable|joint|night|day|week|session|visit|in (?:his|her) (?:hep|home program)|with (?:hep|home program|"
    r"home exercise)"
    r"|evaluation)\b"
)
_NOT_PATIENT: Final = folded(
    r"(?:pta|cota|assistant|student|line of sight) (?:the )?(?:\w+ )?$|(?:home (?:exercise )?program|"
    r"hep|exercise)[ :]+$"
)
_NOT_PATIENT_GATE: Final = gate(_NOT_PATIENT)


def _is_item_letter(told: Told) -> bool:
    return _ITEM_LETTER.match(told.low, told.hit.start) is not None


# A letter of an item of Section GG: "Wheel 150 ft (S)   01   06".
_ITEM_LETTER: Final = folded(r"\([a-s]\)[ \t|]{2,}\d\d\b")


def _is_second_half(told: Told) -> bool:
    """The phrase before holds it: "Mod A x 2"."""
    return told.low.startswith(("a x", "ax"), told.hit.start) and told.before.endswith(_FIRST_HALVES)


_FIRST_HALVES: Final = ("min ", "mod ", "max ", "min-", "mod-", "max-")


def _is_timed_codes(told: Told) -> bool:
    """Timed codes, or a joint: "TC 40", "TC post glide"."""
    return told.low[told.hit.end - 2 : told.hit.end] == "tc" and _NO_CUE_AFTER.match(told.low, told.hit.end) is not None


_NO_CUE_AFTER: Final = folded(r"s? ?[:=]? ?\d{2}\b| (?:(?:post|ant|joint|jt|distraction|mobs?|glides?|a-?p|p-?a)\b)")


def _is_furnishing(told: Told) -> bool:
    """What was set up was no task of the patient's: "environment set up", "book stacks set up in bay 4"."""
    return told.level == "setup" and (
        (_SET_UP.search(told.before) is not None and told.low[told.hit.start : told.hit.end] != "s/u")
        or told.low.startswith(_MADE_OF, told.hit.end)
        or _PUT_UP.match(told.low, told.hit.end) is not None
    )


# The thing set up stands directly before, any but those of the patient's own dressing, washing or meal, whose names
# tell the task: "choir rail set up", but "grooming set-up", "tray set up", "CGA after set-up".
_SET_UP: Final = folded(
    r"(?<![a-z-])(?!(?:with|after|for|and|or|then|but|plus|only|also|by|to|no|just|needs?|needed|needing|given|gave|"
    r"requir[a-z]+|receiv[a-z]+|initial|full|partial|minimal|moderate|maxim[a-z]+|total|complete|constant|supervis[a-z]+|"
    r"independent|modified|[a-z]+-(?:hygiene|care|wash|feeding|dressing)|min|mod|sba|cga|sup|assist|pt|ot|patient|client|resident|him|her|"
    r"he|she|they|his|the|an?|is|are|was|were|ub|lb|ubd|lbd|body|self|adls?|care|dress|hygiene|wash|wash-up|bath|"
    r"shower|toilet|teeth|shave|meals?|breakfast|lunch|dinner|supper|snack|food|trays?|plates?|basin|cup|clothes|clothing|"
    r"utensils|toothbrush|toiletries|(?!dining|training|parking|building|waiting|living|landing|crossing|ceiling)"
    r"[a-z]+ing)\b)[a-z-]{2,}(?: (?:was|is|were|today))? $|\b(?:present|there|here|in the room) for $"
)
_MADE_OF: Final = (
    ":",
    " from ",
    " into ",
    " using ",
    " to make ",
    " so that ",
    " so the ",
)  # "bill calendar set up from four statements"
# A mock-up stands somewhere in the clinic: "book stacks set up in bay 4"; a meal is set up at the bedside.
_PUT_UP: Final = folded(
    r" (?:in|at|along|across) (?:the |our )?(?:bay|gym|clinic|lab|lobby|hall\w*|corridor|courtyard|parking|mock\w*|"
    r"simulated|treatment|(?:east|west|north|south|main|back|front|far)(?: \w+)?|lane|corner|room \d)\b"
)


def _is_set_up_by_others(told: Told) -> bool:
    """Somebody set up a thing that is no task of the patient's: "so we set up a gate in the hallway", "a louder alarm,
    which his brother had set up".
    """
    if told.level != "setup":
        return False
    made = _WE.search(told.before) is not None and _A_THING.match(told.low, told.hit.start) is not None
    return made or _HAD.search(told.before) is not None


_WE: Final = folded(r"\b(?:we|i|they|staff|aide) $")
_HAD: Final = folded(r"\b(?:brother|sister|son|daughter|wife|husband|mother|father|aide|staff|nurse|they|who) had $")
_A_THING: Final = folded(r"set[ -]?up (?:an?|two|three|four|some) (?!(?:to|for|with|in|at|on)\b)[a-z]")


def _is_own_hand(told: Told) -> bool:
    """The patient's own hand steadies what the other works on: "with the left hand steadying"."""
    if told.level != "contact_guard":
        return False
    own = told.low.startswith("hand", told.hit.start) and told.before.endswith(("his ", "her ", "their "))
    return own or _OWN_HAND.search(told.before) is not None


_OWN_HAND: Final = folded(r"\b(?:left|right|l|r|other|weak|affected|involved|non-?dominant) (?:hand|arm|ue) $")


def _is_hand_that_cues(told: Told) -> bool:
    """A hand that tells and does not hold: "my hand on the back of the pelvis as a reminder"."""
    return told.level == "contact_guard" and _THAT_CUES.match(told.low, told.hit.end) is not None


_THAT_CUES: Final = folded(
    r"(?: (?:blade|bone|crest))?(?: (?:of|at) (?:[a-z]+ ){0,2}[a-z]+)? (?:as (?:an? |the )?(?:reminder|cue|guide|"
    r"prompt|signal)|to (?:remind|cue|prompt|signal))\b"
)


def _is_untold(told: Told) -> bool:
    """What was done before anything was said: "sat before he was told to"."""
    return (
        "cue" in told.hit.values
        and _UNTOLD.search(told.before) is not None
        and not needed(told.low, told.sentence, told.hit.start)
    )


_UNTOLD: Final = folded(
    r"\b(?:before|without) (?:(?:s?he|they|pt|patient) )?(?:(?:being|having|needing|had) (?:to be )?)?$"
)


def _is_errand(told: Told) -> bool:
    """What is to be done another time, or was spoken of: "asked him to call", "told him about the new schedule"."""
    if told.level != "verbal_cues":
        return False
    low, end = told.low, told.hit.end
    if low.endswith(" about", 0, end):
        return _NUMBERED.match(low, end) is None
    return low.endswith(" to", 0, end) and _ERRAND.match(low, end) is not None


_NUMBERED: Final = folded(r" (?:\d|twice|once|two|three|four|five|six|seven|eight|nine|ten|half|every)")
_ERRAND: Final = folded(
    r" (?:call|phone|come (?:back|in)|return|rate|book|schedule|report|contact|email|bring (?:in|his|her|the)|let "
    r"(?:me|us)|"
    r"tell (?:me|us|the)|sign|log)\b"
)


def _is_promoted(told: Told) -> bool:
    """What the work is for: "to promote safe and independent mobility"."""
    return (
        told.level == "independent"
        and _FOR_ITS.match(told.low, told.hit.end) is not None
        and _PROMOTES.search(told.before) is not None
    )


_FOR_ITS: Final = folded(
    r" (?:\w+ )?(?:mobility|function\w*|living|performance|adls?|ambulation|transfers?|lifestyle)\b"
)
_PROMOTES: Final = folded(
    r"\b(?:promot|increas|improv|maximi[sz]|facilitat|enhanc|restor|ensur|support|achiev|regain|return)\w* "
    r"[^.;\n]{0,40}$"
)


def _is_criterion(told: Told) -> bool:
    """What a goal asks for: "no help, by 12/03"."""
    return CRITERION.match(told.low, told.hit.end) is not None


CRITERION: Final = folded(
    r"[^.;\n]{0,60}?\bby (?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|discharge|d/c)"
)
_NO_LEVEL: Final[tuple[Callable[[Told], bool], ...]] = (
    _is_watched,
    _stands_by_a_thing,
    _is_by_somebody,
    _spans_lines,
    _spans_columns,
    _is_of_something_else,
    _is_item_letter,
    _is_second_half,
    _is_timed_codes,
    _is_furnishing,
    _is_set_up_by_others,
    _is_own_hand,
    _is_hand_that_cues,
    _is_untold,
    _is_errand,
    _is_promoted,
    _is_criterion,
)
