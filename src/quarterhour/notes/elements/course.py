"""Elements of the course: progress since an earlier state, and the plan."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.comparisons import Cell
from quarterhour.notes.document import Document
from quarterhour.notes.elements.grade import Facts, Grade, absent, partial, present, span
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded

_GOAL, _FUNCTION, _LINK, _WEAK = BIT["goal"], BIT["function"], BIT["link"], BIT["link_weak"]
_REASON, _SKILL, _JUDGEMENT, _OBSTACLE, _CLINICIAN = (
    BIT["reason"],
    BIT["skill"],
    BIT["judgement"],
    BIT["obstacle"],
    BIT["clinician"],
)
_IMPROVE, _COMPARE, _MET, _ASSIST = BIT["improve"], BIT["compare"], BIT["met"], BIT["assist"]


_PAST: Final = folded(
    r"\b(?:was|were|last (?:wk|week|visit|session|month|time|log|treatment|report|note|check|"
    r"checks|tuesday|monday|wednesday|thursday|friday|tx|year)|at (?:eval|evaluation|start|"
    r"baseline|ie|soc|initial|admission|intake|the start|first)|on eval|baseline|initially|initial|lv|"
    r"previously|previous|compared|(?:versus|vs)\b(?=[^.;\n]{0,30}(?:\b(?:last|yesterday|eval|soc|on|at|initial|"
    r"before|prior)\b|\d/\d))|(?:up|down) from (?!(?:the|a|an|her|his) )|(?:up|down) \d+(?:\.\d+)?(?! ?-?(?:\d|\.|"
    r"x\b|steps?|stairs?|flights?|curbs?|in\b|inch|min|reps?|times|ramps?|ladder|rungs?|of))|since (?:eval|"
    r"last|start|baseline|initial)|before re-?\w+|weeks? ago|visits ago|used to|first visit|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|from \d+(?:\.\d+)?[^.;\n]{0,14} to \d|start of care|prior (?:visit|week|session)|the (?:week|visit|session|"
    r"day|month) (?:before|prior)|old|"
    r"then,)\b|\(\d+ (?:at|last)|, \d+ (?:then|at)"
)
_TABLE_HEAD: Final = folded(
    (
        r"^[^\n]*\b(?:start|initial|baseline|eval|admission|intake|\d\d?/\d\d?)\b[^\n]*\b(?:end|"
        r"current|now|today|discharge|final|goal|\d\d?/\d\d?)\b[^\n]*$"
    ),
    re.MULTILINE,
)
_MET_WORDS: Final = folded(
    r"\bgoals? (?:\w+ ){0,4}?(?:was |were |is |are |partly |partially |not |not yet |yet )*(?:met|"
    r"achieved|attained|mastered|upgraded)\b|\b(?:stg|ltg|g|m)s? ?#?\d(?: (?:and|&) \d)?[^.;\n]{0,90}\b(?:met|"
    r"partly met|achieved|kept|mastered|upgraded|discontinued)\b|\b(?:not yet|partly|partially|"
    r"not) met\b|\ball (?:\w+ )?(?:goal|ltg|stg)s? (?:were |are )?met\b|\bgoals? \d/\d met\b|"
    r"\b\d/\d (?:goals )?met\b|\.\. ?met\b|\b(?:accomplished|reached?|achieved|attained|met)\b (?:\w+[ "
    r"-]){0,7}goals?\b|\bmet (?:stg|ltg|goal)|\bmet$"
)
_DONE_SECTIONS: Final = frozenset(
    {
        "objective",
        "treatment",
        "note",
        "assessment",
        "progress",
        "response",
        "rationale",
        "header",
        "time",
        "environment",
    }
)


def progress(facts: Facts) -> Grade:
    """Comparison with a number, or a goal met or not met; unquantified improvement is partial."""
    document = facts.document
    low = document.low
    if document.missed:
        return absent("the visit did not take place")
    strong: list[tuple[int, int]] = []
    weak: list[tuple[int, int]] = []
    for sentence in document.sentences:
        start, end = span(sentence)
        if (
            sentence.section == "goals"
            and sentence.mask & _MET
            and _MET_WORDS.search(low, start, end)
            and low.find("to be ", start, end) < 0
            and not document.carried[1] > start >= document.carried[0]
        ):
            strong.append((start, end))
            continue
        if (
            sentence.section not in _DONE_SECTIONS
            or sentence.start in facts.stuffed
            or document.carried[0] <= start < document.carried[1]
        ):
            continue
        if (
            (sentence.mask & _MET and _MET_WORDS.search(low, start, end))
            or (
                not document.evaluation
                and (sentence.dates or sentence.mask & (_COMPARE | BIT["prior"]) or document.summary)
                and _set_beside(document, sentence)
                and not _SAME_VISIT.search(low, start, end)
            )
            or (
                not document.evaluation
                and not (sentence.section == "response" and not sentence.dates)
                and (
                    sentence.mask & _COMPARE
                    or sentence.dates
                    or (sentence.mask & _ASSIST and ("->" in low[start:end] or "→" in low[start:end]))
                )
                and _compared(facts, sentence, low)
                and not _NOT_STATE.search(low, start, end)
                and not _SAME_VISIT.search(low, start, end)
            )
        ):
            strong.append((start, end))
        elif (
            sentence.mask & _IMPROVE
            and sentence.section != "header"
            and _UNQUANTIFIED.search(low, start, end)
            and not _EXERTION.search(low, start, end)
        ):
            weak.append((start, end))
    if not strong and any(_told(low, cell) for cell in document.cells if cell.when == "then"):
        now = [cell for cell in document.cells if cell.when == "now" and _told(low, cell)]
        strong.extend((cell.row, cell.end) for cell in now[:2])
    if not strong and document.summary:
        head = _TABLE_HEAD.search(low)
        if head is not None:
            strong.append(head.span())
    if strong:
        return present("a comparison with numbers, or a goal met or not met", strong[:3])
    if not weak:
        weak.extend(
            span(sentence)
            for sentence in document.sentences
            if sentence.section == "progress" and _RATED.search(low, sentence.start, sentence.end)
        )
    if weak:
        return partial("progress is claimed without a number", weak[:2])
    return absent("no comparison with an earlier state is told")


def _told(low: str, cell: Cell) -> bool:
    """The cell has a figure or a level."""
    return _STATE.search(low, cell.start, cell.end) is not None


_STATE: Final = folded(r"\d|\b(?:min|mod|max|sup|cga|sba|dep|ind|total)\b|\b[is]\b")
# What changed within this visit is the response to it.
_RATED: Final = folded(r"\b(?:fair|good|slow|steady|excellent|poor|minimal|limited|as expected)\b")
_SAME_VISIT: Final = folded(
    r"\b(?:during (?:the |this |today's )?(?:session|visit|treatment)|by the end of (?:the |this )?(?:session|"
    r"visit)|post[- ](?:tx|treatment))\b|\d/10 from \d{1,2}/10"
)
_BESIDE: Final = folded(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)(?:[^.;\n]|\.\d){0,24}[(;,] ?(?:was |only |"
    r"just |vs\.? )?(?:\d[\d/.%:]*|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"(?! ?x)(?:[^.;\n)]|\.\d){0,16}?(?:\b(?:on (?=\d|eval|soc|visit|mon|tue|wed|thu|fri|ie)|in (?=jan|feb|mar|apr|"
    r"may|jun|jul|aug|sep|oct|nov|dec|wk|week)|at|@|last|"
    r"yest(?:erday)?|mon|tue|wed|thu|fri|previously|initially|eval|soc|adm|the (?:week|visit|day)|"
    r"(?:a |one )?(?:week|visit)s? (?:ago|before))\b)"
    r"|\bup to [^.;\n]{3,60} from \w|\d(?:°|%| ?deg\w*)? from \d|\b(?:was|is) (?:her|his) best before\b|"
    r"\bfirst time \w+ at (?:min|mod|max|cga|sba|sup)|\bfrom (?:max|mod|min|total|dep|cga|"
    r"sba)\w*[^.;\n]{0,14} to (?:mod|min|cga|sba|sup|ind|mod i)"
)
# What stands in every match of it; one set of characters comes first, so that the search stops nowhere else.
_BESIDE_SIGN: Final = folded(
    r"[(;,fb](?:(?<=[(;,]) ?(?:was |only |just |vs\.? )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)|"
    r"(?<=f)(?:rom |irst time )|(?<=b)est before)"
)
_BEFORE_DATE: Final = folded(r"\d[^.;\n]{0,24}[(;,] ?(?:was |only |just |vs\.? )?\d[\d/.%:]*(?! ?x)[^.;\n)]{0,16}$")
_ARROW: Final = folded(r"\b(?!pain|hr|bp|rpe|spo2|ha|lbp)[a-z]{3,}[ a-z]{0,12} \d+(?:\.\d+)? ?(?:→|->) ?\d")


def _set_beside(document: Document, sentence: Sentence) -> bool:
    """A figure stands beside the one of another day: "96 (88 on 6/20)", or in a summary behind an arrow."""
    low = document.low
    start = sentence.start
    beside = _BESIDE.search(low, start, sentence.end) if _BESIDE_SIGN.search(low, start, sentence.end) else None
    for date in sentence.dates if beside is None else ():
        if low[date.start - 4 : date.start] != " by " and document.is_other_day(date):
            beside = _BEFORE_DATE.search(low, max(start, date.start - 60), date.start)
    if (
        beside is not None
        and not _CASE.search(low, beside.start(), beside.end())
        and not _NOT_STATE.search(low, *span(sentence))
    ):
        return not sentence.mask & _GOAL or sentence.mask & (_COMPARE | BIT["prior"]) != 0
    return document.summary and _ARROW.search(low, sentence.start, sentence.end) is not None


_UNQUANTIFIED: Final = folded(
    r"\b(?:continues? to progress|progress(?:es)? (?:toward|well|slowly|steadily)|prog toward)|"
    r"\b(?:slower|quicker|weaker|gaining|prog(?:r|ressing)?\b(?! (?:note|report))|steadier|"
    r"improv\w*|better|gains?|progress noted|further than|progress(?:ing|es)|progressing|(?:making|good|steady|slow|"
    r"excellent|"
    r"continued|great) (?:steady |good |slow |functional )?(?:progress|gains)|stronger|less "
    r"(?!than)|easier|slowly but surely|no change|unchanged|plateau\w*|coming along|worsen\w*|"
    r"declin\w*|regress\w*|steadily|decreas(?:ed|ing) pain|increas(?:ed|ing) (?:strength|rom|"
    r"endurance|independence|ability|tolerance|mobility)|on track|longer than|more (?:independent|"
    r"steady|confident|consistent|fluent))\b"
)
_EXERTION: Final = folded(
    r"\bto improve\b|\bexpected to improve|\bnot expected|\bfor improv\w+|\bin order to improve|"
    r"\bless than\b|\bprogress(?:ing)? (?:note|report)|\bwill improve|\bwas declined|\bimprovement "
    r"is not"
)


def _compared(facts: Facts, sentence: Sentence, low: str) -> bool:
    document = facts.document
    start, end = span(sentence)
    if sentence.section == "header" and not sentence.mask & _IMPROVE:
        return False
    if not (sentence.has_number or sentence.mask & (_ASSIST | BIT["number"]) or low.find("unable", start, end) >= 0):
        return False
    if sentence.mask & _GOAL and _FUTURE_ONLY.search(low, start, end) and not _PAST.search(low, start, end):
        return False
    if any(low.find(step, start, end) >= 0 for step in _STEPS) and _STEPPED.search(low, start, end):
        # "Mod A → Min A on the 2nd trial" is the course of one task within this visit.
        return _EARLIER_STATE.search(low, start, end) is not None or low.find("→", start, end) < 0
    past_day = any(
        document.is_past(date)
        and low[date.end : date.end + 2].rstrip() not in (":", "):")
        and not _CASE.search(low, max(start, date.start - 30), date.start)
        for date in sentence.dates
    )
    past = _PAST.search(low, start, end)
    if not past_day and past is None:
        return False
    if past_day and (sentence.mask & _ASSIST or _MEASURE_ANY.search(_without_dates(low, sentence))):
        return True
    if past is None:
        return False
    word = past[0]
    if word in ("was", "were", "then,", "old") and not past_day:
        # "4 cues, was 9": a measure on both sides, or a level that was
        return _WAS_NUMBER.search(low, start, end) is not None
    return bool(_MEASURE_ANY.search(_without_dates(low, sentence))) or bool(sentence.mask & _ASSIST)


_EARLIER_STATE: Final = folded(r"\b(?:since|eval|soc|adm\w*|last|week|visit|initial\w*|baseline|was|now)\b|\d/\d")
_STEPPED: Final = folded(
    r"\b(?:min|mod|max|total|cga|sba|dep|sup)\w*(?: a| assist)? ?(?:->|→|>|to now|, now) ?(?:min|"
    r"mod|max|cga|sba|sup|ind|s\b|i\b)|\bat eval\w*,? now\b"
)
_STEPS: Final = (">", "→", "now")  # one of them stands in every step
_WAS_NUMBER: Final = folded(
    r"(?:[,;(–-]|\bbut|\bfrom) ?(?:it |this |which |that )?(?:was|were) (?:only |at |just )?(?:\d|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)\b|(?:min|mod|max|total|cga|sba|unable|"
    r"contact|minimal|moderate|maximal|standby|supervision|dependent)\b)(?! (?:of|more|patients))"
    r"|\(was "
)
_MEASURE_ANY: Final = folded(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|unable|percent)\b"
)
_FUTURE_ONLY: Final = folded(r"\bby \d|\bwill\b")
_NOT_STATE: Final = folded(
    r"\b(?:last month because|timed|(?:timed|treatment|total) (?:minutes|time)|no (?:exercise|wall)"
    r"|tried \d|carried forward|not retested|fell (?:twice|on|in)|surgery|flared)\b"
)
_CASE: Final = folded(
    r"(?:onset|repair|fracture|surgery|arthroplasty|stroke|s/p|dx|release|due|by|through|to|"
    r"until|visit|seen|plan|poc|cert\w*|signed|dob|off) ?[(,:]? ?(?:on )?$"
)


def _without_dates(low: str, sentence: Sentence) -> str:
    text = low[sentence.start : sentence.end]
    for date in reversed(sentence.dates):
        text = text[: date.start - sentence.start] + text[date.end - sentence.start :]
    return text


_FREQUENCY: Final = folded(
    r"\b(?:(?:(?:\d|one|two|three|four|five|once|twice)(?: ?- ?\d)? ?(?:x|times?)? ?(?:/|per|a|each|"
    r"x)? ?(?:\d ?)?(?:wk|week|weekly|month|mo)|every (?:\d|two|other|three)? ?(?:weeks?|days?)|"
    r"bid|qd|tid|weekly|wkly|q ?\d? ?w(?:ee)?k|(?:six|five|\d) days (?:a|per) week|[mtwf]-[mtwf](?:-[mtwf])?|"
    r"biweekly|twice weekly)\b|\d ?x ?/ ?\d? ?(?:wk|week)|\d/(?:wk|week)\b|\b\dw\d{1,2}\b|"
    r"\b(?:\d|one|two|three|four)(?: (?:to|or) (?:\d|two|three|four))? (?:visits?|times?|sessions?) (?:a|per|each|"
    r"every) "
    r"(?:week|wk|month)\b)"
)
_DURATION: Final = folded(
    r"\b(?:x|for|,) ?(?:another |the next )?(?:\d+|one|two|three|four|five|six|eight|ten|twelve)"
    r"(?: ?- ?\d+)? ?(?:more )?(?:wks?|weeks?|months?|mos?|visits?|sessions?)\b|\b(?:\d+|one|"
    r"two|three|four|five|six|eight|twelve) (?:more )?(?:wks?|weeks?|visits?|sessions?)\b|\b(?:to|"
    r"through|until|thru|till?) (?:\d{1,2}[/-][\da-z]|\d{1,2} [a-z]{3}|[a-z]+ \d)|\bx ?\d{1,2}\b(?! ?(?:min|reps|ft|"
    r"sec|/))|"
    r"\bfor (?:\d|two|three|four|six|eight) more\b|\b(?:\d{1,2}|two|three|four|five|six) visits? (?:left|remain\w*|"
    r"to go)\b|"
    r"\b\dw\d{1,2}\b"
)
_NEXT: Final = folded(
    r"\b(?:next|next (?:visit|session|time|week|step|tx|treatment|day)|add|adding|bring|begin|"
    r"start|initiate|introduce|progress (?:to|the)|advance|trial|try|recheck|re-?test|re-?measure|"
    r"work on|we go on to|move to|increase|upgrade|include|address|focus on|concentrate|practice|"
    r"go (?:to|on)|will (?:add|begin|start|trial|introduce|try|increase|work|address|practice|"
    r"focus|progress (?!as))|hand over|discharge(?:d)? (?:to|next|home)|transition|home:|decrease|"
    r"fade|then land|after that|d/c (?:to|next)|shift to|switch to)\b"
)
_STOCK_NEXT: Final = folded(
    r"\b(?:same time|same next|rpt|repeat|see next|will see|next appointment|re-?evaluate|re-?assess|"
    r"progress as|advance as|as tolerated|next (?:visit|session|appt|appointment) (?:is |on "
    r"|scheduled)?(?:\d|mon|tue|wed|thu|fri|[.;\n]|$)|progress report due)"
)


def plan(facts: Facts) -> Grade:
    """Content of the next visit, or frequency and duration; "continue" alone is partial."""
    document = facts.document
    low = document.low
    strong: list[tuple[int, int]] = []
    weak: list[tuple[int, int]] = []
    for sentence in document.sentences:
        start, end = span(sentence)
        in_plan = sentence.section == "plan"
        if not in_plan and not sentence.mask & _GOING_ON:
            continue
        if sentence.start in facts.stuffed or sentence.section in _ELSEWHERE:
            # "HEP: chin tucks. Cont per POC.": the plan may follow in the line of another section
            if sentence.section == "home_program" and _CONTINUES.match(low, start):
                weak.append((start, end))
            continue
        if document.carried[0] <= start < document.carried[1]:
            continue
        frequency = _FREQUENCY.search(low, start, end)
        if frequency is not None and (_DURATION.search(low, start, end)) and not _HOME_DOSE.search(low, start, end):
            strong.append((start, end))
            continue
        if in_plan and frequency is not None and _CONTENT.search(low, frequency.end(), end):
            strong.append((start, end))
            continue
        following = _NEXT.search(low, start, end) if in_plan or sentence.mask & BIT["planned"] else None
        if (
            (
                following is not None
                and not _STOCK_NEXT.search(low, start, end)
                and not _SHORT.match(low, following.end(), end)
                and (
                    in_plan
                    or sentence.section
                    in ("note", "treatment", "assessment", "progress", "header", "objective", "response")
                )
                and not document.missed
            )
            and (
                (document.summary and following[0].startswith("discharge"))
                or in_plan
                or (sentence.start > 0.75 * len(low) and ("add" in following[0] or _INTENDS.match(low, start, end)))
                or following[0].startswith(
                    ("next", "hand over", "discharge", "we go", "then land", "progress to", "will")
                )
            )
            and (not sentence.mask & BIT["boilerplate"] or sentence.has_number)
        ):
            strong.append((start, end))
            continue
        if (
            in_plan
            and any(
                item.status == "planned" and item.specific and item.sentence is sentence for item in facts.activities
            )
            and not sentence.mask & BIT["boilerplate"]
        ):
            strong.append((start, end))
            continue
        if in_plan or sentence.mask & BIT["continue"] or frequency is not None:
            weak.append((start, end))
    if not strong:
        gone = _DISCHARGED.search(low) if "discharge" in low or "d/c" in low else None
        if gone is not None:
            strong.append(gone.span())
    if strong:
        return present("content of the next visits, or frequency and duration", strong[:2])
    if weak:
        return partial("only that care goes on", weak[:2])
    return absent("no plan stands in the text")


_INTENDS: Final = folded(
    r"(?:i'm|i am|we're|we are) going to\b|(?:i|we) (?:plan|intend|mean|want) to\b|(?:i|we)(?:'ll| will)\b|plan to\b|"
    r"the plan is\b"
)
_DISCHARGED: Final = folded(
    r"\b(?:discharged? to \w+|discharged? from (?:\w+ ){0,3}(?:pt|ot|slp|st|therapy|services?)"
    r"|(?:is|was|will be) discharged)\b[^.\n]*|(?<=[\n.:] )d/c[,;:] ?(?:home|hep|with|to|all)\b[^.\n]*|"
    r"(?<=[\n.:] )discharged\.(?= [a-z])[^.\n]*|(?<=\n)discharged\.(?= [a-z])[^.\n]*|(?<=[\n.:] )d/c (?:home|to|"
    r"with)\b[^.\n]*|\bdischarge(?:d)?, all goals met"
)
_ELSEWHERE: Final = frozenset({"subjective", "goals", "history", "home_program", "diagnosis", "signature", "empty"})
_CONTINUES: Final = folded(r"cont\b|continue\b|same\b|per (?:poc|plan)")
_GOING_ON: Final = BIT["continue"] | BIT["planned"] | BIT["frequency"] | BIT["discharge"]
_SHORT: Final = folded(r"[^a-z]{0,3}(?:visit|session|time|week|appt|appointment|poc|plan|continue|cont|same)?[^a-z]*$")
# Behind how often, a part of its own that tells what will be done: "2x/wk; floor rise without pad".
_CONTENT: Final = folded(
    r"[;,:] (?!(?:continue|cont|same|per|as|call|md|f/u|follow|poc|prn|for|with|until|then (?:d/c|discharge)|hep|"
    r"home|no|"
    r"total|see|return|re-?eval\w*|\d)\b)[a-z][a-z/-]+ [a-z0-9/]"
)
_HOME_DOSE: Final = folded(r"\bhome (?:exercise )?program:|\bhep:|\bhome:")
