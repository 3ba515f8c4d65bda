"""The element of linkage: today's work tied in words to a goal or a task of the patient's life."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import (
    OF_THE_WORK,
    Facts,
    Grade,
    Level,
    Span,
    absent,
    is_boilerplate,
    is_carried,
    partial,
    present,
    span,
)
from quarterhour.notes.elements.life_facts import find_fact
from quarterhour.notes.elements.life_shapes import is_life
from quarterhour.notes.elements.named_aim import find_named_aim
from quarterhour.notes.elements.pointing import points_at_life
from quarterhour.notes.elements.stock import claims_function, has_own_word, is_stock
from quarterhour.notes.elements.tied import ASKED, OF_LIFE, ONLY_STATUS, equates, has_tie, is_hoped, is_tied
from quarterhour.notes.elements.ties import serves_life
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_GOAL, _LINK, _WEAK = BIT["goal"], BIT["link"], BIT["link_weak"]


class _Signs(NamedTuple):
    """What makes a sentence one that may tie today's work to something."""

    fact: re.Match[str] | None  # a bare fact of the patient's life
    opens: bool  # it opens like a purpose or a remark on all tasks
    titled: bool  # it is the line of a form that asks for the tie
    shaped: bool  # by its shape it points at a goal or at the patient's life
    lived: bool  # by its shape or by a cause it tells what in the patient's life the work is for
    claimed: bool  # the work is said to be for function, as it could be of any patient


def goal_linkage(facts: Facts) -> Grade:
    """Today's activity tied in words to a goal or a task of the patient's life; absent, with the goal for evidence,
    where a goal only names what was done.
    """
    document = facts.document
    if document.missed:
        return absent("the visit did not take place")
    ties: list[Span] = []
    hints: list[Span] = []
    for sentence in document.sentences:
        if _stands_under_goal(facts, sentence):
            ties.append(span(sentence))
            continue
        signs = _find_signs(facts, sentence)
        if signs is None or _tells_otherwise(facts, sentence, signs):
            continue
        level = _weigh(facts, sentence, signs)
        if level == "present":
            ties.append(span(sentence))
        elif level == "partial":
            hints.append(span(sentence))
    if ties:
        return present("today's work is tied to a goal or a real task", ties[:2])
    if hints:
        return partial("the tie is implied or stock wording", hints[:2])
    aim = find_named_aim(facts)
    if aim is not None:
        # No tie is told; the goal is where a reader may see one.
        return Grade("absent", "a goal names what was done, and no link from activity to goal is told", (aim,))
    return absent("no link from activity to goal is told")


def _stands_under_goal(facts: Facts, sentence: Sentence) -> bool:
    """The work of today is told in the list of goals, behind its goal: "1) Naming of objects, 80% - today 68%"."""
    return (
        sentence.mask & _TODAY != 0
        and sentence.start not in facts.stuffed
        and any(goal.listed and goal.measurable and goal.sentence == sentence.start for goal in facts.goals)
        and _DONE_TODAY.search(facts.document.low, sentence.start, sentence.end) is not None
    )


_TODAY: Final = BIT["today"]
_DONE_TODAY: Final = folded(r"\btoday\b[^.;\n]{0,40}?\d")


def _find_signs(facts: Facts, sentence: Sentence) -> _Signs | None:
    """The signs of a tie, None where there is none."""
    low = facts.document.low
    fact = find_fact(low, sentence)
    opens = low.startswith(_OPENINGS, sentence.words)
    titled = low.startswith(_TITLES, sentence.start) and ASKED.match(low, sentence.start) is not None
    of_life = sentence.mask & OF_LIFE != 0
    worked = of_life and sentence.section in OF_THE_WORK
    shaped = (of_life and points_at_life(sentence)) or (
        (worked or sentence.section == "goals") and is_life(facts, sentence)
    )
    lived = shaped or (worked and serves_life(facts, sentence))
    claimed = worked and claims_function(low, sentence)
    if (
        sentence.mask & _LINKING
        or lived
        or claimed
        or opens
        or titled
        or fact is not None
        or (worked and any(low.find(word, sentence.start, sentence.end) >= 0 for word in _TYING))
    ):
        return _Signs(fact, opens, titled, shaped, lived, claimed)
    return None


_OPENINGS: Final = ("for ", "all ", "each ", "every ")
_TITLES: Final = ("link", "tie", "goal", "why th", "relevance", "carryover")  # with one of them ``ASKED`` begins
_LINKING: Final = _LINK | _WEAK | _GOAL
# Without one of these words no sentence ties by its shape alone; the commonest come first.
_TYING: Final = (
    "he ",
    " is ",
    " was ",
    " are ",
    " works ",
    "for improved",
    "for better",
    "for household",
    "for daily",
    "for safe",
    "same ",
    " match",
    " requires ",
    " has to ",
    " must ",
    " where ",
    "wants ",
    " form ",
)


def _tells_otherwise(facts: Facts, sentence: Sentence, signs: _Signs) -> bool:
    """The sentence tells of something else than the work of this visit: a goal by itself, the plan, an earlier note, a
    bare claim of skill.
    """
    low = facts.document.low
    start, end = span(sentence)
    if sentence.section in _ELSEWHERE or is_carried(facts.document, sentence):
        return True
    if sentence.mask & BIT["skill"] and not sentence.mask & _GOAL and low.count(" ", start, end) < _FEWEST_BLANKS:
        return True
    if signs.titled:
        return False
    if sentence.section == "goals" and not signs.shaped and not _GOAL_TASK.search(low, start, end):
        return not (equates(facts, sentence) or _is_work_for_goal(low, sentence))
    own = [item.status for item in facts.activities if item.sentence is sentence]
    return "planned" in own and PERFORMED not in own and not equates(facts, sentence)


def _is_work_for_goal(low: str, sentence: Sentence) -> bool:
    """Beside the goals, the work is said to serve one of them: "Exercise builds quad strength for goal 1"."""
    return (
        sentence.gates & _WORK_FOR_GOAL_GATE != 0
        and _WORK_FOR_GOAL.match(low, sentence.words, sentence.end) is not None
    )


_WORK_FOR_GOAL: Final = folded(
    r"(?:(?:the|this|that|these|all|both|each|every|today's|her|his|their) )?(?:[a-z-]+ ){0,2}?"
    r"(?:exercises?|strengthening|stretching|practi[cs]e|work|tasks?|training|drills?|transfers?|lifts?|activit(?:y|ies)|"
    r"sets?|reps|[a-z]{3,}ing) (?!toward|ongoing|met\b|not\b|continues?\b|will\b|progress|improv|needs?\b|requires?\b)"
    r"[a-z]+s?\b[^.;\n]{0,60}? (?:for|towards?|to|into|under|of) (?:goals?|stgs?|ltgs?|g) ?#?\d"
)
_WORK_FOR_GOAL_GATE: Final = gate(_WORK_FOR_GOAL)
_ELSEWHERE: Final = frozenset({"plan", "history", "subjective", "signature", "diagnosis", "home_program", "empty"})
_FEWEST_BLANKS: Final = 9  # in fewer words a claim of skill has no room for what the work is for
_GOAL_TASK: Final = folded(
    r"\bgoal task\b|\bthe goal itself\b|\bis (?:the |this |that )?(?:g\d|ltg|stg|goal)|\bpart of (?:this|that|"
    r"the) goal|"
    r"(?:->|→|-) ?(?:addressed|worked|practiced) |= ?(?:ltg|stg|goal|g\d)|"
    r"- [a-z ,]{3,30}(?:work|practice|task|training|drills?) (?:for|to|is|are)\b|"
    r"\btoday's (?:\w+ ){1,2}(?:is|are|was|were) (?:her|his|their)\b"
)


def _weigh(facts: Facts, sentence: Sentence, signs: _Signs) -> Level:
    """How well the sentence ties today's work."""
    low = facts.document.low
    if is_boilerplate(sentence) or sentence.start in facts.stuffed:
        return "partial" if signs.claimed or _has_link(low, sentence) else "absent"
    told = has_tie(low, sentence)
    if is_tied(facts, sentence, signs.fact, signs.opens, told) or (signs.lived and not is_stock(low, sentence)):
        if sentence.gates & _OF_THE_BODY_GATE and _OF_THE_BODY.search(low, sentence.start, sentence.end):
            return "absent"
        # Words that every note of therapy has tie nothing.
        return "present" if has_own_word(low, sentence) else "partial"
    return "partial" if signs.claimed or _is_hint(low, sentence, signs, told) else "absent"


def _has_link(low: str, sentence: Sentence) -> bool:
    """A linking word stands there, and is none of "as needed to keep pace"."""
    return sentence.mask & (_WEAK | _LINK) != 0 and any(
        hit.mask & (_WEAK | _LINK) and not low.endswith("as ", sentence.start, hit.start) for hit in sentence.hits
    )


# What is said of the patient's body or skill, not of the life the work serves: "Grip is his main problem".
_OF_THE_BODY: Final = folded(
    r"\b(?:is|are|was|were|remains?) (?:still )?(?:her|his|their|the) (?:\w+ )?(?:main |best |biggest |worst |"
    r"strong\w* |weak\w* |"
    r"hardest |first )?(?:problem|complaint|concern|limit\w*|difficult\w*|barrier|deficit|issue|strength|weakness|"
    r"part(?! of (?:the|her|his)\b)|"
    r"(?<=best )task|(?<=hardest )task|(?<=worst )task)\b|\bis what (?:stops(?! \w+ from)|limits|hurts|holds|bothers|"
    r"slows)\b|"
    r"(?:(?<=\n)|(?<=[.;] ))(?:pain|fatigue|fear|weakness|stiffness|swelling) is\b|"
    r"\bsame (?:[a-z]+ )?(?:pain|ache|soreness|numbness|dizziness|complaint|symptoms?|sx|stiffness)\b"
)
_OF_THE_BODY_GATE: Final = gate(_OF_THE_BODY)


def _is_hint(low: str, sentence: Sentence, signs: _Signs, told: bool) -> bool:
    """The tie is implied, hoped for, or stock wording."""
    return (
        signs.fact is not None
        or ((signs.opens or sentence.mask & _STOCKED != 0) and is_stock(low, sentence))
        or (told and is_hoped(low, sentence))
        or _is_stock_tie(low, sentence)
        or _is_weak(low, sentence, told)
        or _has_purpose(low, sentence)
    )


_STOCKED: Final = _GOAL | _WEAK | BIT["boilerplate"] | BIT["category"] | BIT["service"]


def _is_stock_tie(low: str, sentence: Sentence) -> bool:
    """The work is for what all therapy is for: "for improved mobility", "For home safety"."""
    return sentence.section in OF_THE_WORK and (
        (sentence.gates & _STOCK_TIE_GATE != 0 and _STOCK_TIE.search(low, sentence.start, sentence.end) is not None)
        or _FOR_SOMETHING.match(low, sentence.words, sentence.end) is not None
    )


_STOCK_TIE: Final = folded(
    r"\bfor (?:improved|better|increased|safer?|household|daily|home) (?:adls?|iadls?|function\w*|mobility|tasks?|"
    r"activit\w+|living|"
    r"independence)\b|\b(?:addresses|targets|toward|at|for) (?:\w+ )?functional goals?\b|\bcarr(?:y|ies|ied) over to\b"
)
_STOCK_TIE_GATE: Final = gate(_STOCK_TIE)
_FOR_SOMETHING: Final = folded(
    r"[-* ]*for (?:limited |full |safer? |better |improved |increased |household |community |daily |independent |"
    r"moving |getting |"
    r"walking |return(?:ing)? )*(?:the |her |his )?(?:mobility|ambulation|safety|home safety|function\w*|adls?|"
    r"iadls?|home|"
    r"living|work|activit\w+|"
    r"tasks|independence|use|at home|to work|around)\b[^.;,]{0,20}$"
)


def _is_weak(low: str, sentence: Sentence, told: bool) -> bool:
    """A word that often ties stands there, and is more than the status of a goal."""
    start, end = span(sentence)
    return (
        sentence.mask & _WEAK != 0
        and not sentence.mask & BIT["met"]
        and not _ONLY_MET.search(low, start, end)
        and not (told and ONLY_STATUS.search(low, start, end))
    )


_ONLY_MET: Final = folded(r"\b(?:accomplish\w*|(?:also )?met) (?:her|his|all)\b")


def _has_purpose(low: str, sentence: Sentence) -> bool:
    """What the work is to allow is told beside a function."""
    return (
        sentence.gates & _PURPOSED_GATE != 0
        and sentence.mask & BIT["function"] != 0
        and sentence.section in _TREATING
        and _PURPOSED.search(low, sentence.start, sentence.end) is not None
    )


_TREATING: Final = frozenset({"treatment", "objective", "assessment", "note"})
_PURPOSED: Final = folded(
    r"\bto (?:be able to |allow |return to |get |improve (?:his|her) ability to |facilitate )"
    r"\w+"
)
_PURPOSED_GATE: Final = gate(_PURPOSED)
