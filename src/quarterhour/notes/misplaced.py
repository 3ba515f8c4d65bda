"""Sentences below a heading that is not theirs by their words: the plan at the end of the assessment, the bill below
the plan, treatment below the diagnosis, a line of a form left empty.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.lexicon import BIT, LEVELS
from quarterhour.notes.patterns import folded

_REPORTED: Final = frozenset(
    {"subjective", "diagnosis", "time", "environment", "precautions", "header", "history", "goals"}
)
_AS_IT_IS: Final = BIT["today"] | BIT["prior"]  # a state of today beside an earlier one
_BLANK: Final = folded(r"___|[a-z:] ?\*\*\*")  # the blank of a form or of a template
_ONLY_MINUTES: Final = folded(r"(?: ?\(?(?:97|92)\d{3}\)?)?[ :=x,(-]{1,4}\d{1,3} ?min(?:ute)?s?[.)]*")
_ACTIVITY, _TOLD = BIT["activity"], BIT["told"]
_SERVICE: Final = BIT["service"]
_BELOW: Final = frozenset({"plan", "home_program", "goals"})
# A line of the bill below the plan: "97535 x28 min".
_BILLED: Final = folded(r"(?:(?:97|92)\d{3}|g0\d{3})\b[^\n]{0,40}?\d ?min\b")
_GOING_ON: Final = BIT["planned"] | BIT["frequency"] | BIT["continue"] | BIT["discharge"]
_PLANNABLE: Final = frozenset(
    {
        "header",
        "note",
        "treatment",
        "objective",
        "assessment",
        "response",
        "environment",
        "progress",
        "rationale",
        "subjective",
        "diagnosis",
        "time",
    }
)
# How often the patient is to be seen, or what comes next, at the start of a sentence below the middle of the note: the
# plan, wherever it stands.
_OPENS_PLAN: Final = folded(
    r"[-* ]*(?:(?:pt|ot|slp|st|poc|rtc|cont(?:inue)?|(?:\w+ ){1,2}minutes?|plan(?: is)?|p/*|to be seen|seen|"
    r"see (?:her|him|pt)?|home with [a-z]+),?[ :-]*)*"
    r"(?:\d(?:-\d)? ?(?:x|w|times?)(?: ?/?(?:per |a )?(?:wk|week|mo|month|\d)|\d)|(?:one|two|three|four|once|twice|"
    r"\d)(?: more| (?:to|or) \w+)?(?: visits?|"
    r" times?| sessions?)? (?:a|per|each|every)? ?(?:week|wk|month)|w(?:ee)?kly\b|twice weekly|every (?:other |"
    r"two )?week|q ?\d? ?w(?:ee)?k|\d more (?:visits?|w(?:ee)?ks?)|daily\b(?! living)|(?:rtc|see (?:her|him|"
    r"pt)?) ?(?:next|mon|tue|"
    r"wed|thu|fri)|[mtwf]-[mtwf](?:-[mtwf])?\b|"
    r"(?:nxt|next)(?! \d)(?: visit| session| time| week| tx)?\b|(?:i'?ll|we'?ll|i will|we will|will) (?:see|go back|"
    r"return|"
    r"be back|continue|try|start|add|"
    r"work|visit|do)\b|resched\w*|return (?:to clinic|visit|mon|tue|wed|thu|fri|next)|f/u\b|\d visits (?:left|"
    r"remain)|d/c[,;:]|tomorrow\b|follow[- ]?up\b)"
)
# A label that no heading is, and how often the patient comes: "Onward: 1x/wk x 5; mail sorting".
_LABELLED: Final = folded(
    r"[-* ]*[a-z]+(?: [a-z]+)?(?::| -|\.) (?:\d(?:-\d)? ?(?:x|times|visits?) ?(?:/|per|a) ?(?:wk|week|month)|"
    r"(?:once|twice|two|three|four)(?: times| visits)? (?:a|per|each) ?(?:week|month)|"
    r"(?:(?:once|twice) )?weekly\b)"
    r"(?=[^.\n]*[;,] ?[a-z])"
)
# What follows how often the patient comes, in its line and in few words without a figure: what is to be done.
_GOES_ON: Final = folded(r"[a-z][a-z ,/+&-]{3,80}\.?\s*")
_HOW_OFTEN: Final = folded(
    r"(?:cont(?:inue)?\.? |see (?:pt |her |him )?|seen )?\d(?: ?- ?\d)? ?(?:x|times) ?(?:/|per |a )? ?(?:wk|week)|\dw\d"
)
_TELLS: Final = folded(
    r"\b(?:he|she|pt|patient|client|resident|student|mother|wife|husband|daughter|son|they)"
    r"(?: also)? (?:says|reports|states|tells|denies|mentions|thinks|complains|notes)\b|\b(?:tells|"
    r"told) me\b"
)
_GOAL_TEXT: Final = folded(
    r"\b(?:goals?|stg|ltg|will|to be|by \d|within|able to|in \d+ (?:weeks|visits)|g\d|%|independent)"
    r"\b|\d\)|%|\bmet\b"
)
_CODE_LINE: Final = folded(
    r"[|(\[ ]*(?:\d{1,3} ?\|[ ]*){0,2}(?:\d[\d:.apm -]{4,16}[ \t|]+)?(?:97\d{3}|92[56]\d\d|g0283)\b"
)

_LONGEST_LABEL: Final = 44  # code points: a longer line that ends in a colon says something itself
_TELLER: Final = 60  # code points in which a sentence says who tells it: "her daughter, seen with her, says"
_FEW_BLANKS: Final = 6  # a line of the head, "DOB: ... MRN: ... Visit 4.", has no more blanks than that
_BULLET: Final = 3  # so many code points may stand before the service that opens a line


def move_misplaced(sentences: list[Sentence], low: str) -> None:
    """Give every sentence whose words belong to another section than its heading's the section "empty", "time",
    "plan", "subjective", "note" or "treatment".
    """
    _set_empty(sentences, low)
    treating = ""  # the section in which a line has opened the treatment
    prose = False
    goal_line = plan_line = diagnosis_line = -1
    treated = False  # the line of a diagnosis has gone on with the treatment
    for sentence in sentences:
        if sentence.section in _BELOW and (_BILLED.match(low, sentence.start, sentence.end) or _is_bill(low, sentence)):
            sentence.section = "time"
            continue
        if sentence.mask & _GOING_ON and _opens_plan(low, sentence):
            sentence.section, plan_line = "plan", sentence.line
            continue
        if (
            sentence.line == plan_line
            and sentence.mask & _ACTIVITY
            and sentence.section in _PLANNABLE
            and _GOES_ON.fullmatch(low, sentence.start, sentence.end)
        ):
            sentence.section = "plan"
            continue
        if sentence.section in ("header", "note"):
            if sentence.mask & _TOLD and _TELLS.search(
                low, sentence.start, min(sentence.end, sentence.start + _TELLER)
            ):
                sentence.section = "subjective"
                continue
            if sentence.section == "header":
                prose = prose or _is_prose(low, sentence)
                if prose:
                    sentence.section = "note"
        elif sentence.section == "goals":
            if sentence.line == goal_line and (
                not _GOAL_TEXT.search(low, sentence.start, sentence.end)
                or (sentence.mask & _AS_IT_IS == _AS_IT_IS and not sentence.mask & BIT["goal"])
            ):
                sentence.section = "note"
            else:
                goal_line = sentence.line
        elif sentence.section == "diagnosis":
            treated = treated or (sentence.line == diagnosis_line and _is_treatment(sentence))
            diagnosis_line = sentence.line if diagnosis_line < 0 else diagnosis_line
            if treated:
                sentence.section = "note"
        if sentence.section not in _REPORTED:
            treating = ""
            continue
        if sentence.section != "history" and _opens_treatment(low, sentence):
            treating = sentence.section
        if treating == sentence.section:
            sentence.section = "treatment"
        else:
            treating = ""


def _is_treatment(sentence: Sentence) -> bool:
    """Something done is told, with help or a figure, and no condition: "Dx: ALS. Doorway in power chair, 5 passes."."""
    return (
        sentence.mask & (_ACTIVITY | BIT["function"]) != 0
        and not sentence.mask & (BIT["condition"] | BIT["symptom_dx"] | BIT["dx_label"])
        and (sentence.mask & LEVELS != 0 or sentence.has_number)
    )


def _set_empty(sentences: list[Sentence], low: str) -> None:
    """A label without anything behind it, and the blank of a form, tell nothing."""
    blanks = "___" in low or "***" in low
    for place, sentence in enumerate(sentences):
        last = low[sentence.end - 1]
        if not (
            (last == ":" and sentence.end - sentence.start < _LONGEST_LABEL)
            or last == "_"
            or (blanks and _BLANK.search(low, sentence.start, sentence.end))
        ):
            continue
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        if last != ":" or following is None or following.section != sentence.section or low[following.end - 1] in ":_":
            sentence.section = "empty"


def _opens_plan(low: str, sentence: Sentence) -> bool:
    """How often the patient comes, or what comes next, is told below the middle of the note."""
    return (
        (
            sentence.section in _PLANNABLE
            or low.startswith("plan ", sentence.start)
            or (sentence.section == "goals" and _HOW_OFTEN.match(low, sentence.start, sentence.end) is not None)
        )
        and 2 * sentence.start > len(low)
        and (
            _OPENS_PLAN.match(low, sentence.start, sentence.end) is not None
            or _LABELLED.match(low, sentence.start, sentence.end) is not None
        )
    )


def _is_prose(low: str, sentence: Sentence) -> bool:
    """A sentence above the first heading tells of the treatment, or is one in words: the head of the note is over."""
    if sentence.mask & LEVELS and sentence.mask & _ACTIVITY:
        return True
    start, end = sentence.start, sentence.end
    return low[end - 1] == "." and low.count(" ", start, end) > _FEW_BLANKS and "  " not in low[start:end]


def _opens_treatment(low: str, sentence: Sentence) -> bool:
    """The line begins with a service or its code number."""
    first = sentence.hits[0] if sentence.hits else None
    return (
        first is not None
        and first.mask & _SERVICE != 0
        and first.start - sentence.start < _BULLET
        and low[sentence.start - 1 : sentence.start] == "\n"
    ) or _CODE_LINE.match(low, sentence.start) is not None


def _is_bill(low: str, sentence: Sentence) -> bool:
    """A line below the plan that is nothing but a service and its minutes: "Evaluation 45 min"."""
    first = sentence.hits[0] if sentence.hits else None
    return (
        first is not None
        and first.mask & _SERVICE != 0
        and first.start == sentence.start
        and low[sentence.start - 1 : sentence.start] == "\n"
        and _ONLY_MINUTES.fullmatch(low, first.end, sentence.end) is not None
    )
