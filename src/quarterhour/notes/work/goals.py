"""Goals told in a note: where their wording stands, and whether it is functional and measurable."""

from __future__ import annotations

from typing import Final

import msgspec

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_FUNCTION, _BOILER = BIT["function"], BIT["boilerplate"]
#: What names a measure or a sound, and nothing of daily life.
IMPAIRMENT: Final = folded(
    r"/[a-z]{1,2}/|\b(?:(?:blends|grip [lr]|rom to|strength to)\b|pain[- ]free rom)|independent "
    r"with (?:hep|home exercise|modified home|home program)"
)


class Goal(msgspec.Struct, frozen=True, gc=False):
    """The wording of a goal at [start, end): is it functional, is it measurable, has it a date; is it an item
    ``listed`` below a line that names goals, outside a section of them.
    """

    start: int
    end: int
    sentence: int  # start of the sentence it stands in
    functional: bool
    measurable: bool
    dated: bool
    listed: bool = False


def find_goals(document: Document) -> list[Goal]:
    """Goals in order; the plan's frequency and what is merely worked on are not goals."""
    low = document.low
    found: list[Goal] = []
    wills = " will " in low or " is to " in low
    listed = _find_listed(document)
    for sentence in document.sentences:
        start, end = sentence.start, sentence.end
        if sentence.section == "empty" and _BLANK.search(low, start, end) is not None:
            continue  # a template left blank
        if sentence.start in listed and sentence.section != "goals":
            found.append(msgspec.structs.replace(_goal(document, sentence, due=listed[sentence.start]), listed=True))
            continue
        if not (_is_called_goal(sentence) or _is_due(sentence) or (wills and _is_willed(sentence))):
            continue
        if sentence.gates & _MERE_GATE and _MERE.search(low, start, end) and not _DUE.search(low, start, end):
            if _TOWARD.search(low, start, end):
                found.append(Goal(start, end, start, False, False, False))
            continue
        goal = _goal(document, sentence, due=listed.get(sentence.start, False))
        if goal.measurable or goal.dated or not _tells_none(sentence, goal):
            found.append(goal)
    return found


_BLANK: Final = folded(r"\*\*\*|(?:goals?|stgs?|ltgs?)(?: \w+)? ?:? ?_{3,}[\s_]*$")
_MERE: Final = folded(
    r"\b(?:worked on|working on|addressed|targeted|language|speech|all|current|toward|towards|"
    r"per|of) (?:all |the |his |her |their )?(?:language |speech |communication |therapy |established "
    r"|stated )?goals?\b"
)
_MERE_GATE: Final = gate(_MERE)
_DUE: Final = folded(
    r"\b(?:by|through|until|before|within|in) (?:\d{1,2}/\d|\d{1,2} (?:week|wk|visit|day|month|"
    r"session)|(?:one|two|three|four|six|eight|ten|twelve) (?:more )?(?:weeks|months|visits)"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\d{1,2}-[a-z]{3}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)|"
    r"discharge|20\d\d|week \d|(?:the )?end of|thanksgiving|christmas|easter|(?:new|next|the new) (?:year|month|"
    r"season|term)|(?:the )?(?:fall|spring|"
    r"summer|winter|holidays|wedding|school year|semester))"
    r"|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    r"(?=[ "
    r".;)]*$)"
)
_TOWARD: Final = folded(r"\btowards? [a-z ]{4,30}goal\b")


def _is_called_goal(sentence: Sentence) -> bool:
    """The sentence stands below the heading of goals or calls something a goal."""
    return (
        sentence.section == "goals"
        or sentence.mask & BIT["goal"] != 0
        or (sentence.mask & _BOILER != 0 and sentence.low.find("goal", sentence.start, sentence.end) >= 0)
    )


def _is_due(sentence: Sentence) -> bool:
    """A function or a score is told with the day by which it is to be reached."""
    low, start, end = sentence.low, sentence.start, sentence.end
    return (
        sentence.section not in _NO_AIM
        and low.find(" by ", start, end) >= 0
        and (sentence.mask & _FUNCTION != 0 or _SCORED.search(low, start, end) is not None)
        and _DUE.search(low, start, end) is not None
    )


_NO_AIM: Final = frozenset({"plan", "header", "history", "subjective", "diagnosis"})
_SCORED: Final = folded(r"\b\d{1,3} ?%|\b\d+ (?:of|out of) \d+\b")


def _is_willed(sentence: Sentence) -> bool:
    """What the patient will do: "Pt will climb 4 steps"."""
    low, start, end = sentence.low, sentence.start, sentence.end
    if sentence.section not in _WILLED or not sentence.mask & (_FUNCTION | BIT["activity"]):
        return False
    if sentence.gates & _WILL_GATE and _WILL.search(low, start, end):
        return True
    return (
        sentence.gates & _SHE_WILL_GATE != 0
        and _SHE_WILL.search(low, start, end) is not None
        and _CRITERION.search(low, start, end) is not None
    )


_WILLED: Final = frozenset({"note", "treatment", "objective", "assessment", "header"})
_WILL: Final = folded(
    r"\b(?:patient|pt|client|resident|student) (?:will|is to) (?!continue|benefit|be seen|attend|"
    r"need|return for|follow)"
)
_SHE_WILL: Final = folded(
    r"\b(?:she|he|they) (?:will|is to) (?!continue|benefit|be seen|attend|need|return for|follow|see|call)"
)
_WILL_GATE, _SHE_WILL_GATE = gate(_WILL), gate(_SHE_WILL)
_CRITERION: Final = folded(
    r"\b\d+ ?(?:of|/) ?\d+ (?:trials|times|days|attempts|reps)\b|\bby (?:\d{1,2}/\d|discharge)|\bin \d+ (?:weeks|"
    r"wks)\b"
)


def _find_listed(document: Document) -> dict[int, bool]:
    """Starts of the sentences that open the items of a numbered list of goals, each with whether the line above the
    list has the day by which all are due.
    """
    low = document.low
    listed: dict[int, bool] = {}
    if not document.gates & _LIST_HEAD_GATE:
        return listed
    due: bool | None = None  # None: in no list
    first = False  # the line above ends with the number of the first item
    for sentence in document.sentences:
        if sentence.gates & _LIST_HEAD_GATE:
            head = _LIST_HEAD.match(low, sentence.start, sentence.end) or _LIST_HEAD.match(
                low, sentence.words, sentence.end
            )
            if head is not None:
                due = _DUE.search(low, *head.span()) is not None
                first = head["first"] is not None
                continue
        if due is None:
            continue
        if first or _ITEM.match(low, sentence.words, sentence.end) is not None:
            listed[sentence.start] = due
        elif low.find("\n", max(listed, default=0), sentence.start) >= 0:
            due = None
        first = False
    return listed


# "GOALS, all by 11/16/2026", "Goals targeted:", and the line that its first number cuts off: "Goals - 1."
_LIST_HEAD: Final = folded(
    r"(?:(?:short|long)[ -]term |treatment |functional |patient |stated )?(?:goals|stgs|ltgs)\b(?! (?:were|are|was|"
    r"is|met|"
    r"remain|reviewed|discussed))[^.\n:]{0,40}?(?: ?:| ?[-–] ?)?(?P<first> ?1[.)])?[ \r]*(?=\n|$)"
)
_LIST_HEAD_GATE: Final = gate(_LIST_HEAD)
_ITEM: Final = folded(r"[-*( ]{0,3}(?:\d{1,2}|[a-e])[.)] ?[a-z]")


def _goal(document: Document, sentence: Sentence, *, due: bool = False) -> Goal:
    low = document.low
    start, end = sentence.start, sentence.end
    opening = _OPENING.search(low, start, end)
    if opening is not None and opening.end() < end - _SHORTEST and not _holds_criterion(opening[0]):
        start = opening.end()
    functional = _is_functional(sentence, start)
    measurable = _STRONG.search(low, start, end) is not None or (
        functional and sentence.mask & BIT["assist"] != 0 and not sentence.mask & _BOILER
    )
    dated = due or _DUE.search(low, sentence.start, end) is not None or any(map(document.lies_ahead, sentence.dates))
    return Goal(start, end, sentence.start, functional, measurable, dated)


_OPENING: Final = folded(
    r"\b(?:stg|ltg|goals?|g\d|m\d)\b ?(?:#?\d+)?(?: of [^.:;\n]{1,60})? ?(?:\([^)]{0,120}\))? ?[:=-]? ?|"
    r"\b(?:working|works|work) towards? |\b(?:wants|hopes|would like|aims|aim is) to |\b(?:patient|"
    r"pt|client|resident|student|he|she) (?:will|is to) |\b(?:aim|target)(?: of| is|:) "
)
_SHORTEST: Final = 6  # code points of the wording of a goal
_STRONG: Final = folded(
    r"\b(?:\d+ ?(?:of|/|out of) ?\d+\b|\d{1,3} ?%|(?:one|two|three|four|five) of (?:one|two|"
    r"three|four|five|six)\b|\d+(?:\.\d+)? ?(?:ft|feet|m\b|lbs?\b|seconds|sec\b|s\b|minutes?|"
    r"min\b|hours|blocks?|steps|stairs|trials|reps|degrees|miles?|yards|days|times)|"
    r"(?:twenty|thirty|ten|five|fifteen|forty|fifty|two|three|four) (?:minutes?|feet|steps|pounds?|blocks|hours|"
    r"flights)|x ?\d|or less|or better)|no more "
    r"than|at least \d"
)


def _holds_criterion(opening: str) -> bool:
    """A bracket of the opening holds the measure and the day: "STG (4 of 5 trials by 3/1)"."""
    return "(" in opening and _STRONG.search(opening) is not None and _DUE.search(opening) is not None


def _is_functional(sentence: Sentence, start: int) -> bool:
    """The goal worded from ``start`` is one of daily life."""
    low, end = sentence.low, sentence.end
    return (
        _DOES.match(low, start, end) is not None
        or any(hit.mask & _FUNCTION or hit.values.get("activity") in _FUNCTIONAL_KINDS for hit in sentence.hits)
    ) and IMPAIRMENT.search(low, sentence.start, end) is None


# What is done with a thing: "hang a coat on the rail", "finish a four-step task". Exercises of speech, tests and the
# body are no function of themselves.
_DOES: Final = folded(
    r" ?(?:to |will |be able to |can )*(?!(?:increas|improv|decreas|reduc|demonstrat|tolerat|achiev|maintain|perform|"
    r"restor|normali|regain|gain|score|produc|nam|repeat|imitat|identif|describ|answer|say|retell|us|match|sort|list|"
    r"recall|state|respond|report|have|show|reach|hold|grip|flex|extend|rais|abduct|rotat|stretch|strengthen|complet|"
    r"exhibit|display|verbaliz|understand|comprehend|follow|attend|be|do|make|all|no|and|for|the|with|pain|return|met|"
    r"not|see|continue|progress|add|trial|start|initiat)(?:e?s?|ing|ed)?\b)"
    r"[a-z]{3,12} (?:on |up |for |out |off |down )?(?:an?|the|his|her|their|own|both) (?!pain|rom|strength)[a-z]"
)
_FUNCTIONAL_KINDS: Final = frozenset({"functional_activity", "self_care", "gait", "cognition", "swallow"})


def _tells_none(sentence: Sentence, goal: Goal) -> bool:
    """Without a criterion or a date: the heading of goals that stands empty, goals only spoken of, or met or not, and
    what the patient wishes for, which nobody has made a goal.
    """
    low = sentence.low
    if _ONLY_SPOKEN_OF.match(low, sentence.words, sentence.end) is not None:
        return True
    if low[sentence.end - 1] == ":" or (sentence.mask & BIT["met"] and not goal.functional):
        return True
    return (
        sentence.section != "goals"
        and _WISH.search(low, sentence.start, sentence.end) is not None
        and not any(low.find(word, sentence.start, sentence.end) >= 0 for word in _GOAL_NAMES)
    )


# Goals of which only is told that they were spoken of: "Voice goals addressed, pt engaged", "Goals reviewed  Y / N".
_ONLY_SPOKEN_OF: Final = folded(r"(?:(?:were|are|was) )?(?:addressed|reviewed|discussed|updated|unchanged|on file)\b")
_WISH: Final = folded(r"\b(?:wants?|wish(?:es)?|hopes?|would like) to\b")
_GOAL_NAMES: Final = ("goal", "stg", "ltg", "aim", "objective", "target")
