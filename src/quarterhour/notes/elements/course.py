"""The element of progress: what changed since an earlier state."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.comparisons import Cell
from quarterhour.notes.document import Document
from quarterhour.notes.elements.grade import Facts, Grade, absent, partial, present, span
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.numbers import MONTH_NAME
from quarterhour.notes.patterns import folded

_GOAL, _IMPROVE, _COMPARE, _MET, _ASSIST = BIT["goal"], BIT["improve"], BIT["compare"], BIT["met"], BIT["assist"]


_PAST: Final = folded(
    r"\b(?:was|were|last (?:wk|week|visit|session|month|time|log|treatment|report|note|check|"
    r"checks|tuesday|monday|wednesday|thursday|friday|tx|year)|at (?:eval|evaluation|start|"
    r"baseline|ie|soc|initial|admission|intake|the start|first)|on eval|baseline|initially|initial|lv|"
    r"previously|previous|compared|(?:versus|vs)\b(?=[^.;\n]{0,30}(?:\b(?:last|yesterday|eval|soc|on|at|initial|"
    r"before|prior)\b|\d/\d))|(?:up|down) from (?!(?:the|a|an|her|his) )|(?:up|down) \d+(?:\.\d+)? ?(?:deg\w*|°|%|"
    r"points?|pts?\b|lbs?\b|kg|#|sec\w*|s\b|cm|mm|words|levels?|mph|bpm|\w* ?(?:from|since|vs|than|over)\b)|"
    r"since (?:eval|"
    r"last|start|baseline|initial)|before re-?\w+|weeks? ago|visits ago|used to|first visit|"
    rf"in (?:{MONTH_NAME})"
    r"|from \d+(?:\.\d+)?[^.;\n]{0,14} to \d|start of care|prior (?:visit|week|session)|(?:a|one) (?:week|visit|month) "
    r"ago|the (?:week|visit|session|"
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
    r"\bgoals?(?! directed| oriented| based|-) (?:\w+ ){0,4}?(?:was |were |is |are |partly |partially |not |not yet |"
    r"yet )*(?:met|"
    r"achieved|attained|mastered|upgraded)\b|\b(?:stg|ltg|goal|g|m)s? ?#?\d(?: (?:and|&) \d)?[^.;\n]{0,90}\b(?:met|"
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
        rated = (
            sentence.section == "goals"
            and sentence.gates & _STATUS_GATE
            and _STATUS.search(low, start, end) is not None
        )
        if (
            (sentence.section not in _DONE_SECTIONS and not rated)
            or sentence.start in facts.stuffed
            or document.carried[0] <= start < document.carried[1]
        ):
            continue
        if _is_change(facts, sentence):
            strong.append((start, end))
        elif _is_claim(document, sentence):
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


# What a form tells of a goal beside the goal: "Goal 1 Status: Progressing - needed moderate assist on 09/14".
_STATUS: Final = folded(r"\b(?:goal \d |stg |ltg )?status ?:")
_STATUS_GATE: Final = gate(_STATUS)


def _is_change(facts: Facts, sentence: Sentence) -> bool:
    """A goal met or not met, or a figure beside that of an earlier day."""
    document = facts.document
    low = document.low
    start, end = span(sentence)
    if sentence.mask & _MET and _MET_WORDS.search(low, start, end):
        return True
    if document.evaluation:
        return False
    if sentence.has_number and (
        (sentence.gates & _NUMBERED_DAY_GATE and _NUMBERED_DAY.search(low, start, end))
        or (
            sentence.gates & _NAMED_THEN_GATE
            and not sentence.mask & (BIT["planned"] | _GOAL)
            and _NAMED_THEN.search(low, start, end)
        )
    ):
        return True
    if (
        (
            sentence.dates
            or sentence.mask & (_COMPARE | BIT["prior"])
            or document.summary
            or (sentence.has_number and low.find("(", start, end) >= 0)
        )
        and _set_beside(document, sentence)
        and not _SAME_VISIT.search(low, start, end)
    ):
        return True
    if (
        not (sentence.section == "response" and not sentence.dates)
        and (
            sentence.mask & _COMPARE
            or sentence.dates
            or (sentence.mask & _ASSIST and ("->" in low[start:end] or "→" in low[start:end]))
        )
        and _compared(facts, sentence, low)
        and not _NOT_STATE.search(low, start, end)
        and not _SAME_VISIT.search(low, start, end)
    ):
        return True
    return (
        sentence.gates & _AGAINST_GATE != 0
        and not sentence.mask & (BIT["service"] | BIT["planned"] | _GOAL)
        and sentence.mask & _COMPARE != 0
        and _AGAINST.search(low, start, end) is not None
    )


# A figure of an earlier day told by its number: "84 dB, 79 on day 1".
_NUMBERED_DAY: Final = folded(
    r"\d(?: ?[a-z%]{1,4})?,? (?:from |was )?\d+(?:\.\d+)?(?: ?[a-z%]{1,4})? "
    r"(?:on|at|in) (?:day|visit|week|session|log) \d"
)
# The earlier state named before its figure, "TUG 14.2 s (eval 21.0)", or behind a score: "2/8 last wk".
_NAMED_THEN: Final = folded(
    r"\d[^.;\n]{0,24}?[(;,/] ?(?:at |on |the |her |his |from )?(?:ie|eval\w*|initial(?:ly)?|intake|soc|baseline|"
    r"(?<=at )start|"
    r"admission|adm|prev\w*|last (?:visit|week|wk|session|time|month|tx)|start of care)[ :=,]{1,2}(?:was |at |"
    r"only )?\d+(?! ?min)|"
    r"\b\d{1,2}/\d{1,2} (?:on |at |the )?(?:last (?:visit|week|wk|session|time|month|tx)|initially|previously|"
    r"yesterday|(?<=at )(?:eval\w*|baseline|start))\b"
)
_NUMBERED_DAY_GATE, _NAMED_THEN_GATE = gate(_NUMBERED_DAY), gate(_NAMED_THEN)


def _is_claim(document: Document, sentence: Sentence) -> bool:
    """Better or worse is claimed, without a figure."""
    low = document.low
    start, end = span(sentence)
    if (
        sentence.mask & _IMPROVE
        and sentence.section not in ("header", "time")
        and not sentence.has_number
        and end - start < _LONGEST_REMARK
        and not sentence.mask & (BIT["planned"] | BIT["symptom"] | _GOAL | BIT["boilerplate"])
        and _COMPARATIVE.search(low, start, end)
        and not _SAME_VISIT.search(low, start, end)
        and not _OF_THE_NOTE.search(low, start, end)
    ):
        return True
    return (
        sentence.mask & _IMPROVE != 0
        and sentence.section != "header"
        and _UNQUANTIFIED.search(low, start, end) is not None
        and not _EXERTION.search(low, start, end)
        and not _OF_THE_NOTE.search(low, start, end)
    )


def _told(low: str, cell: Cell) -> bool:
    """The cell has a figure or a level."""
    return _STATE.search(low, cell.start, cell.end) is not None


# One figure set against another: "two today against seven on Thursday".
_AGAINST: Final = folded(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b[^.;\n]{0,16}? (?:against|versus|vs|"
    r"compared (?:to|with)) "
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|none)\b"
)
_AGAINST_GATE: Final = gate(_AGAINST)
# Better or worse than before, without a figure: "Longer sitting", "catching herself more often", "About the same".
_COMPARATIVE: Final = folded(
    r"\b(?:more|less) (?:often|frequently|easily|steadily|smoothly|quickly|slowly|independen\w+|confiden\w+|"
    r"control\w*|[a-z]{4,}(?:ly|ent|ant|ive|ful))\b|\b(?:needs?|requires?|uses?|takes?|makes?|had) (?:fewer|less)\b|"
    r"\b(?:about|much) as (?:last|before)\b|\bmanag\w+ more\b|"
    r"(?:(?<=\n)|(?<=[.;:] ))[-* ]*(?:a bit |slightly |much |somewhat )?(?:longer|steadier|stronger|bigger|smoother|"
    r"faster|quicker|"
    r"louder|clearer|"
    r"easier|further|farther|higher|deeper|better|fewer|slower|weaker|worse)\b|"
    r"(?:(?<=\n)|(?<=[.;:] ))[-* ]*(?!feels?|felt)(?:[a-z]+ ){1,2}(?:a bit |slightly |much )?(?:straighter|taller|"
    r"softer|firmer|looser|longer|farther|further|higher|faster|quicker|"
    r"crisper|neater|calmer|smoother|steadier|stronger|clearer|louder)(?=[.;\n]|$)|"
    r"\b[a-z]{3,}er than (?:she|he|it|they) (?:was|were|did|had|used to)\b|"
    r"\b(?:setbacks?|set back (?:a (?:little|bit)|some\w*|slightly|by|since)|"
    r"steps? back(?:wards?)?|lost (?:some )?ground|slipped back|backslid\w*)\b|"
    r"\b(?:about|much|roughly|largely|pretty much) (?:the )?same\b|\bholding (?:steady|(?:her|his|its) own)\b|"
    r"\bcoming along\b|"
    r"\b(?:looks?|seems?|sounds?|getting|gets?|is|are|has become|becoming) (?:a bit |slightly |much |"
    r"somewhat )?(?:bigger|stronger|"
    r"steadier|smoother|faster|quicker|louder|clearer|longer|higher|looser|slower|weaker)\b|"
    r"\busing (?:\w+ ){1,3}more\b|\bmore \w+ than (?:at|last|before|on)\b|\ba bit (?:stronger|better|steadier)\b"
)
_OF_THE_NOTE: Final = folded(
    r"\b(?:rest|remainder|note|total|"
    r"treatment(?: time)?|lines?|entries|entry|codes?|minutes|orders?|meds|medications?|precautions|goals?|poc|"
    r"plan|content)"
    r"\b[^.;]{0,24}\b(?:unchanged|the same|stays?|stand)"
)
_LONGEST_REMARK: Final = 140  # code points
_STATE: Final = folded(r"\d|\b(?:min|mod|max|sup|cga|sba|dep|ind|total)\b|\b[is]\b")
# What changed within this visit is the response to it.
_RATED: Final = folded(r"\b(?:fair|good|slow|steady|excellent|poor|minimal|limited|as expected)\b")
_SAME_VISIT: Final = folded(
    r"\b(?:during (?:the |this |today's )?(?:session|visit|treatment)|by the end of (?:the |this )?(?:session|"
    r"visit)|post[- ](?:tx|treatment))\b|\d/10 from \d{1,2}/10|"
    r"\d/10 (?:before|on arrival|at (?:the )?start)\b[^.;\n]*\d/10 [^.;\n]*\b(?:after|leaving|at the end)\b"
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
    r"declin(?:ing|es?)\b|(?<=[a-z] )(?:(?:has|have|had) declined|declined (?:since|from|over))\b|"
    r"getting there|regress\w*|steadily|decreas(?:ed|ing) pain|increas(?:ed|ing) (?:strength|rom|"
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
        return _EARLIER_STATE.search(low, start, end) is not None or (
            low.find("→", start, end) < 0 and not sentence.mask & BIT["service"]
        )
    past_day = any(
        document.is_past(date)
        and low[date.end : date.end + 2].rstrip() not in (":", "):")
        and not _CASE.search(low, max(start, date.start - 30), date.start)
        for date in sentence.dates
    )
    past = _PAST.search(low, start, end)
    if not past_day and past is None:
        return False
    if past_day and (
        sentence.mask & _ASSIST or _figures(low, sentence) > (0 if _is_set_beside(facts, sentence) else 1)
    ):
        return True
    if past is None:
        return False
    if past[0] in _FAINT and not past_day and all(told[0] in _FAINT for told in _PAST.finditer(low, start, end)):
        # "4 cues, was 9": a measure on both sides, or a level that was
        return _WAS_NUMBER.search(low, start, end) is not None
    return _figures(low, sentence) > 0 or bool(sentence.mask & _ASSIST)


def _is_set_beside(facts: Facts, sentence: Sentence) -> bool:
    """One figure of an earlier day is compared: by a word of change, or under the heading of progress. Without, it is
    what happened then: "land treadmill on 07/28 lasted 6 min".
    """
    return (
        sentence.section == "progress"
        or bool(sentence.mask & (_IMPROVE | _COMPARE))
        or facts.document.summary
        or _SET_AGAINST.search(facts.document.low, sentence.start, sentence.end) is not None
    )


_SET_AGAINST: Final = folded(r"\bsame\b|\b(?:not possible|unable|not able|could not|couldn't|impossible|only)\b")


_FAINT: Final = ("was", "were", "then,", "old")  # of the past only beside a measure
_EARLIER_STATE: Final = folded(r"\b(?:since|eval|soc|adm\w*|last|week|visit|initial\w*|baseline|was|now)\b|\d/\d")
_STEPPED: Final = folded(
    r"\b(?:min|mod|max|total|cga|sba|dep|sup)\w*(?: a| assist)? ?(?:->|→|>|to now|, now) ?(?:min|"
    r"mod|max|cga|sba|sup|ind|s\b|i\b)|\bat eval\w*,? now\b"
)
_STEPS: Final = (">", "→", "now")  # one of them stands in every step
_WAS_NUMBER: Final = folded(
    r"(?:[,;(–-]|\bbut|\band|\bfrom) ?(?:it |this |which |that )?(?:was|were) (?:only |at |just )?(?:\d|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)\b|(?:min|mod|max|total|cga|sba|unable|"
    r"contact|minimal|moderate|maximal|standby|supervision|dependent)\b)(?! (?:of|more|patients))"
    r"|\(was "
)
_MEASURE_ANY: Final = folded(
    r"\d+(?:\.\d+)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|unable|percent)\b"
)
_FUTURE_ONLY: Final = folded(r"\bby \d|\bwill\b")
_NOT_STATE: Final = folded(
    r"\b(?:last month because|timed|(?:timed|treatment|total) (?:minutes|time)|no (?:exercise|wall)"
    r"|tried \d|carried forward|not re-?(?:tested|peated|measured|checked)|fell (?:twice|on|in)|surgery|flared)\b"
)
_CASE: Final = folded(
    r"(?:onset|repair|fracture|surgery|arthroplasty|stroke|s/p|dx|release|due|by|through|to|"
    r"until|visit|seen|plan|poc|cert\w*|signed|dob|off) ?[(,:]? ?(?:on )?$"
)


def _figures(low: str, sentence: Sentence) -> int:
    """How many measures, in figures or words, stand in the sentence beside its dates."""
    return len(_MEASURE_ANY.findall(_without_dates(low, sentence)))


def _without_dates(low: str, sentence: Sentence) -> str:
    text = low[sentence.start : sentence.end]
    for date in reversed(sentence.dates):
        text = text[: date.start - sentence.start] + text[date.end - sentence.start :]
    return text
