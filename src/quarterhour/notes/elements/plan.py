"""The element of the plan: what comes next, or how often and how long."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.elements.grade import Facts, Grade, Span, absent, is_carried, partial, present, span
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.to_come import visits_to_come
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded


def plan(facts: Facts) -> Grade:
    """Content of the next visit, or frequency and duration; "continue" alone is partial."""
    document = facts.document
    told, going_on = _find_planned(facts)
    told = told or _find_visits_a_week(document)
    if not told and not going_on:
        told, going_on = _find_again(document.low)
    told = told or _find_end(document)
    if told:
        return present("content of the next visits, or frequency and duration", told[:2])
    if going_on:
        return partial("only that care goes on", going_on[:2])
    return absent("no plan stands in the text")


def _find_planned(facts: Facts) -> tuple[list[Span], list[Span]]:
    """Sentences that tell what comes or how often and how long, and those that only tell that care goes on."""
    document = facts.document
    low = document.low
    told: list[Span] = []
    going_on: list[Span] = []
    for sentence in document.sentences:
        border = visits_to_come(low, sentence)
        if sentence.section != "plan" and not sentence.mask & _GOING_ON and border is None:
            continue
        if sentence.start in facts.stuffed or sentence.section in _ELSEWHERE:
            # "HEP: chin tucks. Cont per POC.": the plan may follow in the line of another section
            if sentence.section == "home_program" and _CONTINUES.match(low, sentence.start):
                going_on.append(span(sentence))
            continue
        if is_carried(document, sentence):
            continue
        frequency = _FREQUENCY.search(low, sentence.start, sentence.end)
        if sentence.section == "header" and not sentence.mask & _SAID_SO and _AGE.search(low, *span(sentence)):
            continue
        following = _find_next(low, sentence)
        if (
            _is_dosed(document, sentence, frequency)
            or (following is not None and _tells_next(document, sentence, following))
            or _names_task(facts, sentence)
            or (border is not None and _AND_WHAT.match(low, border, sentence.end) is not None)
        ):
            told.append(span(sentence))
        elif (
            sentence.section == "plan"
            or _goes_on(low, sentence)
            or frequency is not None
            or border is not None
            or (following is not None and _is_next_time(low, sentence))
        ):
            going_on.append(span(sentence))
    return told, going_on


# What the visits to come are for: "Two more this week, conversation at the window".
_AND_WHAT: Final = folded(
    r"[:,;]? (?:(?:for|to|then|and then|with|and) )?(?!(?:then|and|per|as|same|cont\w*|poc|visits?|discharge|d/c|"
    r"re-?eval\w*|"
    r"with|until|to|for|the|at|on)\b)[a-z-]{2,} (?!as\b)[a-z\d]"
)


def _goes_on(low: str, sentence: Sentence) -> bool:
    """Care goes on; that two things are done "at the same time" says nothing of it."""
    if not sentence.mask & _CONTINUED:
        return False
    told = [hit.start for hit in sentence.hits if hit.mask & _CONTINUED]
    return not told or not all(
        low.startswith("same time", place) and low.endswith("at the ", sentence.start, place) for place in told
    )


_CONTINUED: Final = BIT["continue"]
_GOING_ON: Final = _CONTINUED | BIT["planned"] | BIT["frequency"] | BIT["discharge"]
_ELSEWHERE: Final = frozenset({"subjective", "goals", "history", "home_program", "diagnosis", "signature", "empty"})
_SAID_SO: Final = _CONTINUED | BIT["planned"] | BIT["discharge"]
# How old, or how long since, in the head of a note: "Emrys P., 8 mo", "Guillain-Barre syndrome, 4 mo.".
_AGE: Final = folded(r"(?<![/x]), ?\d{1,2} (?:mos?|months?|wks?|weeks?)\b(?! (?:remain|left|to go))")
_CONTINUES: Final = folded(r"cont\b|continue\b|same\b|per (?:poc|plan)")
_FREQUENCY: Final = folded(
    r"\b(?:(?:(?:\d|one|two|three|four|five|once|twice)(?: ?- ?\d)? ?(?:x|times?)? ?(?:/|per|a|each|"
    r"x)? ?(?:\d ?)?(?:wk|week|weekly|month|mo)|every (?:\d|two|other|three)? ?(?:weeks?|days?)|"
    r"(?:once|twice|one|two) (?:in|every) (?:\d|two|three|four|six) (?:weeks?|wks?|months?)|"
    r"bid|qd|tid|weekly|monthly|wkly|daily(?= (?:to|through|until|till|x) ?\d)|"
    r"(?:one|two|three|\d) (?:\w+ ){1,5}a week|"
    r"q ?\d? ?w(?:ee)?k|(?:six|five|\d) days (?:a|per) week|[mtwf]-[mtwf](?:-[mtwf])?|"
    r"biweekly|twice weekly)\b|\d ?x ?/ ?\d? ?(?:wk|week)|\d/(?:wk|week)\b|\b\dw\d{1,2}\b|"
    r"\b(?:\d|one|two|three|four)(?: (?:to|or) (?:\d|two|three|four))? (?:visits?|times?|sessions?) (?:a|per|each|"
    r"every) "
    r"(?:week|wk|month)\b)"
)


def _is_dosed(document: Document, sentence: Sentence, frequency: re.Match[str] | None) -> bool:
    """How often stands with how long or with what for, or a missed visit has its follow-up."""
    low = document.low
    start, end = span(sentence)
    if document.missed and _FIRST.search(low, start, end):
        return True
    if sentence.section == "plan" and (
        _SHORTHAND.fullmatch(low, start, end)
        or (frequency is not None and _CONTENT.search(low, frequency.end(), end) is not None)
        or _DATED_STEP.search(low, start, end) is not None
    ):
        return True
    return (
        frequency is not None
        and _DURATION.search(low, start, end) is not None
        and not _HOME_DOSE.search(low, start, end)
    )


# With what the next visit opens: "Resume 10/29, bathing first", "Next Friday, start with the ladder".
_FIRST: Final = folded(
    r"\b(?:next|resume|resched\w*)\b[^.\n]*?(?:[a-z]{4,} first\b|\b(?:with|start|open) (?!(?:poc|plan|the same)\b)"
    r"(?:with )?[a-z]{3,})"
)
# "2x6": twice a week for six weeks.
_SHORTHAND: Final = folded(r"(?:p(?:lan)?[:./]* ?)?[1-7] ?x ?\d{1,2}(?: ?w(?:ee)?ks?)?\.?")
# Behind how often, a part of its own that tells what will be done: "2x/wk; floor rise without pad".
_CONTENT: Final = folded(
    r"[;,:.] (?!(?:continue|cont|same|per|as|call|md|f/u|follow|poc|prn|for|with|until|then (?:d/c|discharge)|hep|"
    r"home|no|"
    r"total|see|return|re-?eval\w*|\d)\b)[a-z][a-z/-]+ [a-z0-9/]"
)
# What comes on a day, and how often it goes on: "new lateral supports 07/14, then 1x/month".
_DATED_STEP: Final = folded(
    r"\b(?!(?:return|again|next|visit|see|seen|on|appt|appointment|until|through|"
    r"to)\b)[a-z]{4,} (?:on )?\d{1,2}/\d{1,2}"
    r"(?:/\d{2,4})?,? (?:and )?then (?:\d ?x|once|twice|weekly|monthly)"
)
_DURATION: Final = folded(
    r"\b(?:x|for|,) ?(?:another |the next )?(?:\d+|one|two|three|four|five|six|eight|ten|twelve)"
    r"(?: ?- ?\d+)? ?(?:more )?(?:wks?|weeks?|months?|mos?|visits?|sessions?)\b|\b(?:\d+|one|"
    r"two|three|four|five|six|eight|twelve) (?:more )?(?:wks?|weeks?|visits?|sessions?)\b|\b(?:to|"
    r"through|until|thru|till?) (?:\d{1,2}[/-][\da-z]|\d{1,2} [a-z]{3}|[a-z]+ \d|(?:christmas|thanksgiving|easter|"
    r"new year|discharge|surgery|recert|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b)|"
    r"\bx ?\d{1,2}\b(?! ?(?:min|reps|ft|"
    r"sec|/))|\btimes (?:two|three|four|five|six|eight|ten|twelve)\b(?! (?:an?|per|each|every)\b)|"
    r"\bfor (?:\d|two|three|four|six|eight) more\b|\b(?:\d{1,2}|two|three|four|five|six) visits? (?:left|remain\w*|"
    r"to go)\b|"
    r"\b\dw\d{1,2}\b"
)
_HOME_DOSE: Final = folded(r"\bhome (?:exercise )?program:|\bhep:|\bhome:")


def _find_next(low: str, sentence: Sentence) -> re.Match[str] | None:
    """The words that tell of a next step, in the plan or in a sentence that plans."""
    if sentence.section != "plan" and not sentence.mask & BIT["planned"]:
        return None
    return _NEXT.search(low, sentence.start, sentence.end)


_NEXT: Final = folded(
    r"\b(?:next|next (?:visit|session|time|week|step|tx|treatment|day)|add|adding|bring|begin|"
    r"start|initiate|introduce|progress (?:to|the)|advance|trial|try|recheck|re-?test|re-?measure|"
    r"work on|we go on to|move to|increase|upgrade|include|address|focus on|concentrate|practice|"
    r"go (?:to|on)|will (?:add|begin|start|trial|introduce|try|increase|work|address|practice|"
    r"focus|progress (?!as))|hand over|discharge(?:d)? (?:to|next|home)|transition|home:|decrease|"
    r"fade|then land|after that|d/c (?:to|next)|shift to|switch to|train|teach|order|issue|fit|fabricate|wean|taper|"
    r"(?:wife|husband|family|caregiver|cg|aide|staff|spouse|son|daughter|parent|mom|mother) (?:training|education|"
    r"teaching)|(?<![a-z] )(?:go )?back to(?= (?!work|school|sport|baseline|md|dr|surgeon|bed|home|facility|snf|"
    r"clinic|the (?:doctor|surgeon|clinic|md))[a-z]))\b"
)


def _tells_next(document: Document, sentence: Sentence, following: re.Match[str]) -> bool:
    """The next step has content, and is one of the plan and not of the work of this visit."""
    low = document.low
    start, end = span(sentence)
    return (
        not document.missed
        and (sentence.section == "plan" or (sentence.section in _PLANNING and _is_to_come(low, sentence, following[0])))
        and (not sentence.mask & BIT["boilerplate"] or sentence.has_number)
        and not _STOCK_NEXT.search(low, start, end)
        and not _SHORT.match(low, following.end(), end)
    )


_PLANNING: Final = frozenset({"note", "treatment", "assessment", "progress", "header", "objective", "response"})
_STOCK_NEXT: Final = folded(
    r"\bagain (?:next |on |this )?(?:mon|tue|wed|thu|fri|sat|week|time|visit)|"
    r"\bre-?(?:check|test|measure) (?:at|on|in|by|after) (?:visit )?(?:\d|two|three|four|six|mon|tue|wed|thu|fri)|"
    r"\b(?:same time|same next|as scheduled|(?:am|pm|same|usual|\w+day) slot|rpt|repeat|see next|will see|"
    r"next:? (?:on )?(?:mon|tue|wed|thu|fri|sat)[a-z]*\.?$|next:? (?:\d ?x? ?/ ?(?:wk|week)|(?:once|twice) (?:a|per) "
    r"week|weekly)\.?$|next appointment|re-?evaluate|re-?assess|"
    r"progress as|advance as|as tolerated|next (?:visit|session|appt|appointment) (?:is |on "
    r"|scheduled)?(?:\d|mon|tue|wed|thu|fri|[.;\n]|$)|progress report due)"
)
_SHORT: Final = folded(
    r"(?:[^a-z]{0,3}(?:visit|session|time|week|appt|appointment|poc|plan|continue|cont|same|as above|ditto|"
    r"per)\b)*[^a-z]*$"
)


def _is_to_come(low: str, sentence: Sentence, following: str) -> bool:
    """A next step told outside the plan lies behind this visit: by its words, or by where in the note it stands."""
    start, end = span(sentence)
    return (
        following.startswith(_TO_COME)
        or (start > 0.75 * len(low) and "add" in following)
        or (2 * start > len(low) and bool(_INTENDS.match(low, start, end) or _LATER.search(low, start, end)))
    )


_TO_COME: Final = ("next", "hand over", "discharge", "we go", "then land", "progress to", "will")
_INTENDS: Final = folded(
    r"plan to (?!continue|cont\b|see)|(?:i'm|i am|we're|we are) going to\b|(?:i|we) (?:plan|intend|mean|want) to\b|"
    r"(?:i|we)(?:'ll| will)\b|plan to\b|"
    r"the plan is\b"
)
_LATER: Final = folded(r"\bnext(?: (?:time|visit|session|tx|week))?[.;]?$|\bnext (?:time|visit|session)\b")


def _is_next_time(low: str, sentence: Sentence) -> bool:
    """In the second half of the note, that there is a next visit and no more."""
    return 2 * sentence.start > len(low) and _STOCK_NEXT.search(low, sentence.start, sentence.end) is not None


def _names_task(facts: Facts, sentence: Sentence) -> bool:
    """The plan names a task or an exercise."""
    return (
        sentence.section == "plan"
        and not sentence.mask & BIT["boilerplate"]
        and any(item.sentence is sentence and item.status == "planned" and item.specific for item in facts.activities)
    )


def _find_visits_a_week(document: Document) -> list[Span]:
    """Lines of the second half that are nothing but visits a week and weeks: "2w2, 1w2."."""
    if not document.gates & _VISITS_A_WEEK_GATE:
        return []
    return [match.span() for match in _VISITS_A_WEEK.finditer(document.low, len(document.low) // 2)]


_VISITS_A_WEEK: Final = folded(r"(?<=\n)[ \t]*[1-7]w\d{1,2}(?:[, ]{1,2}[1-7]w\d{1,2})*\.?(?=[ \t]*(?:\r?\n|$))")
_VISITS_A_WEEK_GATE: Final = gate(_VISITS_A_WEEK)


def _find_again(low: str) -> tuple[list[Span], list[Span]]:
    """That the patient is to come again, told with what for, and without."""
    again = _AGAIN.search(low, len(low) // 2)
    if again is None:
        return [], []
    return ([again.span()], []) if _FOR_WHAT.search(again[0]) else ([], [again.span()])


# "rtc Thu", "Thursday again", "Rescreen on request".
_AGAIN: Final = folded(
    r"(?:(?<=\n)|(?<=[.;] ))(?:rtc|return(?: to clinic)?|rescreen|again (?:on |next )?(?:mon|tue|wed|thu|fri|sat)\w*|"
    r"(?:repeat|rpt|same(?: again| thing)?) (?:on |next )?(?:mon|tue|wed|thu|fri|sat)\w*|(?:stay|stick|keep|"
    r"keep on|keep up|"
    r"carry on|go on)(?: (?:with|at|to|doing))? (?:what (?:we|she|he)|it as|this as|as (?:we|is|now|before)|"
    r"the same|more of "
    r"the same)|more of the same|"
    r"(?:once|twice|one|two|three|\d) more (?:times? |visits? )?(?:this|next|a) (?:week|month)|(?:try|attempt) again|"
    r"re-?attempt|retry|re-?refer|re-?consult|recheck|see (?:again|back)|"
    r"come back|"
    r"(?:i|we) (?:go|come|return|visit|am back|are back)(?: again| back)? (?:on |next )?"
    r"(?:mon|tue|wed|thu|fri|sat)\w*|"
    r"see (?:her |him |you |pt |pt\.? )?(?:on |next )?(?:mon|tue|wed|thu|fri|sat)\w*|"
    r"back (?:on )?(?:mon|tue|wed|thu|fri|sat)\w*|"
    r"keep (?:\w+ )?(?:slot|appointment|appt)|(?:mon|tues|wednes|thurs|fri|satur)day again|next (?:slot|appt|"
    r"appointment)|"
    r"no further (?:pt|ot|slp|st|therapy|visits)|will call|to call)\b[^.;\n]{0,50}"
)
# What the next visit is for: "return Friday to train the aide", "back on Monday, then we start the loft stairs".
_FOR_WHAT: Final = folded(
    r", (?:and )?then (?!(?:discharge|d/c|re)\b)[a-z]+ \w+|"
    r"\b(?:to|for) (?!clinic|therapy|pt\b|ot\b|slp\b|tx\b|treatment|next|the|her|his|\d)[a-z]{3,} \w+"
)


def _find_end(document: Document) -> list[Span]:
    """That the course of care ends, or when to come back after it."""
    low = document.low
    gone = _DISCHARGED.search(low) if document.gates & _DISCHARGED_GATE else None
    if gone is not None:
        return [gone.span()]
    back = _BACK_IF.search(low, len(low) // 2) if any(word in low for word in _LEFT) else None
    return [back.span()] if back is not None else []


_DISCHARGED: Final = folded(
    r"\b(?:discharged? to \w+|discharged? from (?:\w+ ){0,3}(?:pt|ot|slp|st|therapy|services?)"
    r"|discharged? with (?:the |an? |his |her )?(?:\w+ )?(?:sheets?|program|hep|"
    r"handouts?|cards?|exercises|lists?|page)\b"
    r"|(?:is|was|will be) discharged)\b[^.\n]*|(?<=[\n.:] )d/c[,;:] ?(?:home|hep|with|to|all)\b[^.\n]*|"
    r"(?<=[\n.:] )d/?c; ?[a-z][^.\n]*|(?:(?<=[\n.:] )|(?<=\n))discharged?(?: today)?(?:\.(?= [a-z]|\r?\n|$)|[,;] "
    r"(?:all |both )?goals? (?:were |are )?(?:met|achieved|reached)\b)|"
    r"(?:(?<=[\n.:] )|(?<=\n))d/?c (?:today |this date )?(?:(?:home|to|"
    r"with)\b|w/)[^.\n]*|\bdischarge(?:d)?, all goals met"
)
_DISCHARGED_GATE: Final = gate(_DISCHARGED)
_LEFT: Final = ("discharge", "d/c", "dc ", "dc.")
_BACK_IF: Final = folded(
    r"\b(?:return|come back|back|re-?consult|call|re-?refer)(?: to \w+)? (?:if|when|should) [^.;\n]+"
)
