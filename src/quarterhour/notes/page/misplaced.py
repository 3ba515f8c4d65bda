"""Sentences below a heading that is not theirs by their words: the plan at the end of the assessment, the bill below
the plan, treatment below the diagnosis, a line of a form left empty.
"""

from __future__ import annotations

from typing import Final

import msgspec

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.wording.patterns import folded

_ACTIVITY: Final = BIT["activity"]


class _Above(msgspec.Struct):
    """What the sentences above have told."""

    treating: str = ""  # the section in which a line has opened the treatment
    prose: bool = False  # the head of the note is over
    plan_line: int = -1  # the line that told how often the patient comes
    goal_line: int = -1  # that of the last goal
    diagnosis_line: int = -1  # the first below the heading of the diagnosis
    treated: bool = False  # that line has gone on with the treatment


def move_misplaced(sentences: list[Sentence], low: str) -> None:
    """Give every sentence whose words belong to another section than its heading's the section "empty", "time",
    "plan", "subjective", "note" or "treatment".
    """
    _set_empty(sentences, low)
    above = _Above()
    for sentence in sentences:
        section = _section_by_words(low, sentence, above)
        if section:
            sentence.section = section
            continue
        if _leaves_section(low, sentence, above):
            sentence.section = "note"
        if _is_of_treatment(low, sentence, above):
            sentence.section = "treatment"


def _set_empty(sentences: list[Sentence], low: str) -> None:
    """A label without anything behind it, and the blank of a form, tell nothing."""
    blanks = "___" in low or "***" in low
    for place, sentence in enumerate(sentences):
        last = low[sentence.end - 1]
        label = last == ":" and sentence.end - sentence.start < _LONGEST_LABEL
        if not (label or last == "_" or (blanks and _BLANK.search(low, sentence.start, sentence.end))):
            continue
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        if last != ":" or following is None or following.section != sentence.section or low[following.end - 1] in ":_":
            sentence.section = "empty"


_LONGEST_LABEL: Final = 44  # code points: a longer line that ends in a colon says something itself
_BLANK: Final = folded(r"___|[a-z:] ?\*\*\*")  # the blank of a form or of a template


def _section_by_words(low: str, sentence: Sentence, above: _Above) -> str:
    """The section a sentence belongs to by its words alone, "" where they leave it to its heading."""
    if sentence.section in _BELOW and _is_bill(low, sentence):
        return "time"
    if _opens_plan(low, sentence):
        above.plan_line = sentence.line
        return "plan"
    if sentence.line == above.plan_line and _goes_on_plan(low, sentence):
        return "plan"
    if sentence.section in ("header", "note") and _is_told(low, sentence):
        return "subjective"
    return ""


_BELOW: Final = frozenset({"plan", "home_program", "goals"})


def _is_bill(low: str, sentence: Sentence) -> bool:
    """A line of the bill below the plan, "97535 x28 min", or one that is nothing but a service and its minutes,
    "Evaluation 45 min".
    """
    if _BILLED.match(low, sentence.start, sentence.end):
        return True
    first = _service_ahead(low, sentence)
    return (
        first is not None
        and first.start == sentence.start
        and _ONLY_MINUTES.fullmatch(low, first.end, sentence.end) is not None
    )


_BILLED: Final = folded(r"(?:(?:97|92)\d{3}|g0\d{3})\b[^\n]{0,40}?\d ?min\b")
_ONLY_MINUTES: Final = folded(r"(?: ?\(?(?:97|92)\d{3}\)?)?[ :=x,(-]{1,4}\d{1,3} ?min(?:ute)?s?[.)]*")


def _service_ahead(low: str, sentence: Sentence) -> Hit | None:
    """The service that the first phrase of a line names, None where it names none."""
    first = sentence.hits[0] if sentence.hits else None
    opens = first is not None and first.mask & BIT["service"] and low[sentence.start - 1 : sentence.start] == "\n"
    return first if opens else None


def _opens_plan(low: str, sentence: Sentence) -> bool:
    """How often the patient comes, or what comes next, is told below the middle of the note."""
    start, end = sentence.start, sentence.end
    return (
        sentence.mask & _GOING_ON != 0
        and 2 * start > len(low)
        and (
            sentence.section in _PLANNABLE
            or low.startswith("plan ", start)
            or (sentence.section == "goals" and _HOW_OFTEN.match(low, start, end) is not None)
        )
        and (_OPENS_PLAN.match(low, start, end) is not None or _LABELLED.match(low, start, end) is not None)
    )


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
_HOW_OFTEN: Final = folded(
    r"(?:cont(?:inue)?\.? |see (?:pt |her |him )?|seen )?\d(?: ?- ?\d)? ?(?:x|times) ?(?:/|per |a )? ?(?:wk|week)|\dw\d"
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


def _goes_on_plan(low: str, sentence: Sentence) -> bool:
    """What is to be done, behind how often the patient comes: few words in its line, without a figure."""
    return (
        sentence.mask & _ACTIVITY != 0
        and sentence.section in _PLANNABLE
        and _GOES_ON.fullmatch(low, sentence.start, sentence.end) is not None
    )


_GOES_ON: Final = folded(r"[a-z][a-z ,/+&-]{3,80}\.?\s*")


def _is_told(low: str, sentence: Sentence) -> bool:
    """The sentence opens with who says it."""
    border = min(sentence.end, sentence.start + _TELLER)
    return sentence.mask & BIT["told"] != 0 and _TELLS.search(low, sentence.start, border) is not None


_TELLS: Final = folded(
    r"\b(?:he|she|pt|patient|client|resident|student|mother|wife|husband|daughter|son|they)"
    r"(?: also)? (?:says|reports|states|tells|denies|mentions|thinks|complains|notes)\b|\b(?:tells|"
    r"told) me\b"
)
_TELLER: Final = 60  # code points in which a sentence says who tells it: "her daughter, seen with her, says"


def _leaves_section(low: str, sentence: Sentence, above: _Above) -> bool:
    """The head, the goals or the diagnosis end above the sentence, though no heading says so."""
    if sentence.section == "header":
        above.prose = above.prose or _is_prose(low, sentence)
        return above.prose
    if sentence.section == "goals":
        if sentence.line == above.goal_line and _is_no_goal(low, sentence):
            return True
        above.goal_line = sentence.line
    elif sentence.section == "diagnosis":
        above.treated = above.treated or (sentence.line == above.diagnosis_line and _is_treatment(sentence))
        if above.diagnosis_line < 0:
            above.diagnosis_line = sentence.line
        return above.treated
    return False


def _is_prose(low: str, sentence: Sentence) -> bool:
    """A sentence above the first heading tells of the treatment, or is one in words: the head of the note is over."""
    if sentence.mask & LEVELS and sentence.mask & _ACTIVITY:
        return True
    start, end = sentence.start, sentence.end
    return low[end - 1] == "." and low.count(" ", start, end) > _FEW_BLANKS and "  " not in low[start:end]


_FEW_BLANKS: Final = 6  # a line of the head, "DOB: ... MRN: ... Visit 4.", has no more blanks than that


def _is_no_goal(low: str, sentence: Sentence) -> bool:
    """Behind a goal, in its line: no words of one, or a state of today beside an earlier one."""
    as_it_is = sentence.mask & _AS_IT_IS == _AS_IT_IS and not sentence.mask & BIT["goal"]
    return as_it_is or _GOAL_TEXT.search(low, sentence.start, sentence.end) is None


_AS_IT_IS: Final = BIT["today"] | BIT["prior"]
_GOAL_TEXT: Final = folded(
    r"\b(?:goals?|stg|ltg|will|to be|by \d|within|able to|in \d+ (?:weeks|visits)|g\d|%|independent)"
    r"\b|\d\)|%|\bmet\b"
)


def _is_treatment(sentence: Sentence) -> bool:
    """Something done is told, with help or a figure, and no condition: "Dx: ALS. Doorway in power chair, 5 passes."."""
    return (
        sentence.mask & (_ACTIVITY | BIT["function"]) != 0
        and not sentence.mask & (BIT["condition"] | BIT["symptom_dx"] | BIT["dx_label"])
        and (sentence.mask & LEVELS != 0 or sentence.has_number)
    )


def _is_of_treatment(low: str, sentence: Sentence, above: _Above) -> bool:
    """In a section that tells of no treatment, the sentence opens one or goes on with it."""
    if sentence.section not in _REPORTED:
        above.treating = ""
        return False
    if sentence.section != "history" and _opens_treatment(low, sentence):
        above.treating = sentence.section
    elif above.treating != sentence.section:
        above.treating = ""
    return above.treating != ""


_REPORTED: Final = frozenset(
    {"subjective", "diagnosis", "time", "environment", "precautions", "header", "history", "goals"}
)


def _opens_treatment(low: str, sentence: Sentence) -> bool:
    """The line begins with a service or its code number."""
    first = _service_ahead(low, sentence)
    if first is not None and first.start - sentence.start < _BULLET:
        return True
    return _CODE_LINE.match(low, sentence.start) is not None


_BULLET: Final = 3  # so many code points may stand before the service that opens a line
_CODE_LINE: Final = folded(
    r"[|(\[ ]*(?:\d{1,3} ?\|[ ]*){0,2}(?:\d[\d:.apm -]{4,16}[ \t|]+)?(?:97\d{3}|92[56]\d\d|g0283)\b"
)
