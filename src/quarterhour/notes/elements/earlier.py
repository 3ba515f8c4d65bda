"""A state of today told beside one of an earlier day: "96 (88 on 6/20)", "2/8 last wk", "4 cues, was 9"."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import Span, span
from quarterhour.notes.figures.numbers import MONTH_NAME
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.comparisons import Cell
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_GOAL, _IMPROVE, _COMPARE, _ASSIST = BIT["goal"], BIT["improve"], BIT["compare"], BIT["assist"]


def has_state(low: str, cell: Cell) -> bool:
    """The cell has a figure or a level."""
    return _STATE.search(low, cell.start, cell.end) is not None


_STATE: Final = folded(r"\d|\b(?:min|mod|max|sup|cga|sba|dep|ind|total)\b|\b[is]\b")


def is_beside_earlier(document: Document, sentence: Sentence) -> bool:
    """A figure or a level of today stands beside that of an earlier day."""
    return (
        _names_then(document.low, sentence)
        or _is_set_beside(document, sentence)
        or _is_compared(document, sentence)
        or (sentence.gates & _BY_WORDS_GATE != 0 and _is_told_by_words(document.low, sentence))
        or (bool(sentence.dates) and _falls_short_then(document, sentence))
    )


def _is_told_by_words(low: str, sentence: Sentence) -> bool:
    """The earlier state is told by words that set it against today's, without its date."""
    return (
        _is_set_against(low, sentence)
        or _is_instead(low, sentence)
        or _names_day_of_month(low, sentence)
        or _was_other_then(low, sentence)
        or _was_short_of(low, sentence)
    )


def _names_then(low: str, sentence: Sentence) -> bool:
    """The earlier day is told by its number or its name: "84 dB, 79 on day 1", "TUG 14.2 s (eval 21.0)"."""
    if not sentence.has_number:
        return False
    start, end = span(sentence)
    return bool(sentence.gates & _NUMBERED_DAY_GATE and _NUMBERED_DAY.search(low, start, end)) or bool(
        sentence.gates & _NAMED_THEN_GATE
        and not sentence.mask & (BIT["planned"] | _GOAL)
        and _NAMED_THEN.search(low, start, end)
    )


# A figure of an earlier day told by its number: "84 dB, 79 on day 1".
_NUMBERED_DAY: Final = folded(
    r"\d(?: ?[a-z%]{1,4})?(?: today| now)?,? (?:from |(?:was )?lack(?:ed|ing) |"
    r"was )?\d+(?:\.\d+)?(?: ?[a-z%]{1,4}){0,2} "
    r"(?:on|at|in) (?:day|visit|week|wk|session|log) \d"
)
# The earlier state named before its figure, "TUG 14.2 s (eval 21.0)", or behind a score: "2/8 last wk".
_NAMED_THEN: Final = folded(
    r"\d[^.;\n]{0,48}?[(;,/] ?(?:at |on |the |her |his |from )?(?:ie|eval\w*|initial(?:ly)?|intake|soc|baseline|"
    r"(?<=at )start|"
    r"admission|adm|prev\w*|last (?:visit|week|wk|session|time|month|tx)|start of care)[ :=,]{1,2}(?:was |at |"
    r"only )?\d+(?! ?min)|"
    r"\b\d{1,2}/\d{1,2} (?:on |at |the )?(?:last (?:visit|week|wk|session|time|month|tx)|initially|previously|"
    r"yesterday|(?<=at )(?:eval\w*|baseline|start))\b"
)
_NUMBERED_DAY_GATE, _NAMED_THEN_GATE = gate(_NUMBERED_DAY), gate(_NAMED_THEN)


def _is_set_beside(document: Document, sentence: Sentence) -> bool:
    """A figure stands beside the one of another day, "96 (88 on 6/20)", or in a summary behind an arrow."""
    low = document.low
    start, end = span(sentence)
    if not (
        sentence.dates
        or sentence.mask & _OF_THEN
        or document.summary
        or (sentence.has_number and low.find("(", start, end) >= 0)
    ):
        return False
    beside = _find_figure_beside(document, sentence)
    if beside is not None:
        told = not sentence.mask & _GOAL or sentence.mask & _OF_THEN != 0
        start, end = _part_around(low, sentence, beside)
    else:
        told = document.summary and _ARROW.search(low, start, end) is not None
    return told and not SAME_VISIT.search(low, start, end)


def _part_around(low: str, sentence: Sentence, place: Span) -> Span:
    """The part of the sentence between semicolons in which ``place`` lies."""
    end = low.find(";", place[1], sentence.end)
    return max(sentence.start, low.rfind(";", sentence.start, place[0]) + 1), sentence.end if end < 0 else end


_OF_THEN: Final = _COMPARE | BIT["prior"]
_ARROW: Final = folded(r"\b(?!pain|hr|bp|rpe|spo2|ha|lbp)[a-z]{3,}[ a-z]{0,12} \d+(?:\.\d+)? ?(?:→|->) ?\d")


def _find_figure_beside(document: Document, sentence: Sentence) -> Span | None:
    """Where the figure of another day stands behind one of today, and is no date of a case or of its onset."""
    low = document.low
    start, end = span(sentence)
    beside = _BESIDE.search(low, start, end) if _BESIDE_SIGN.search(low, start, end) else None
    for date in sentence.dates if beside is None else ():
        if low[date.start - 4 : date.start] != " by " and document.is_other_day(date):
            beside = _BEFORE_DATE.search(low, max(start, date.start - 60), date.start)
    if beside is None or _CASE.search(low, *beside.span()) or _NOT_STATE.search(low, start, end):
        return None
    return beside.span()


#: A count in words.
_COUNT: Final = (
    r"(?:one|two|three|four(?:teen)?|five|six(?:teen)?|seven(?:teen)?|eight(?:een)?|nine(?:teen)?|ten|eleven|twelve|"
    r"thirteen|fifteen|twenty)"
)
_BESIDE: Final = folded(
    rf"(?:\d|\b{_COUNT}\b)(?:[^.;\n]|\.\d){{0,24}}[(;,] ?(?:was |only |"
    rf"just |vs\.? )?(?:\d[\d/.%:]*|{_COUNT}\b)"
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
    r"[(;,fb](?:(?<=[(;,]) ?(?:was |only |just |vs\.? )?(?:\d|one|t[wehn]|four|fif|six|se|ei|nin|el)|"
    r"(?<=f)(?:rom |irst time )|(?<=b)est before)"
)
_BEFORE_DATE: Final = folded(r"\d[^.;\n]{0,24}[(;,] ?(?:was |only |just |vs\.? )?\d[\d/.%:]*(?! ?x)[^.;\n)]{0,16}$")
_CASE: Final = folded(
    r"(?:onset|repair|fracture|surgery|arthroplasty|stroke|s/p|dx|release|due|by|through|to|"
    r"until|visit|seen|plan|poc|cert\w*|signed|dob|off) ?[(,:]? ?(?:on )?$"
)
_NOT_STATE: Final = folded(
    r"\d ?min\w*[;,.] (?:(?:it|that|this) (?:was|is)|should)\b|\b(?:in my note|charted as|as charted)\b|"
    r"\b(?:last month because|timed|(?:timed|treatment|total) (?:minutes|time)|no (?:exercise|wall)"
    r"|tried \d|carried forward|not re-?(?:tested|peated|measured|checked)|fell (?:twice|on|in)|surgery|flared)\b"
)
#: What changed within this visit is the response to it.
SAME_VISIT: Final = folded(
    r"\b(?:during (?:the |this |today's )?(?:session|visit|treatment)|by the end of (?:the |this )?(?:session|"
    r"visit)|post[- ](?:tx|treatment))\b|\d/10 from \d{1,2}/10|"
    r"\d/10 (?:before|on arrival|at (?:the )?start)\b[^.;\n]*\d/10 [^.;\n]*\b(?:after|leaving|at the end)\b"
)


def _is_compared(document: Document, sentence: Sentence) -> bool:
    """Two states are compared, by a word of change, by the day of the earlier one or by an arrow between two levels."""
    low = document.low
    start, end = span(sentence)
    if sentence.section == "response" and not sentence.dates:
        return False
    if not (
        sentence.mask & _COMPARE
        or sentence.dates
        or (sentence.mask & _ASSIST and ("->" in low[start:end] or "→" in low[start:end]))
    ):
        return False
    return (
        _may_compare(low, sentence)
        and _tells_both(document, sentence)
        and not _NOT_STATE.search(low, start, end)
        and not SAME_VISIT.search(low, start, end)
    )


def _may_compare(low: str, sentence: Sentence) -> bool:
    """The sentence has a measure or a level, and tells of more than what is to come."""
    start, end = span(sentence)
    if sentence.section == "header" and not sentence.mask & _IMPROVE:
        return False
    if not (sentence.has_number or sentence.mask & _MEASURED or low.find("unable", start, end) >= 0):
        return False
    return not (sentence.mask & _GOAL and _FUTURE_ONLY.search(low, start, end) and not _PAST.search(low, start, end))


_MEASURED: Final = _ASSIST | BIT["number"]
_FUTURE_ONLY: Final = folded(r"\bby \d|\bwill\b")


def _tells_both(document: Document, sentence: Sentence) -> bool:
    """The earlier state is told, and the one of today or what changed."""
    low = document.low
    start, end = span(sentence)
    if any(low.find(step, start, end) >= 0 for step in _STEPS) and _STEPPED.search(low, start, end):
        # "Mod A → Min A on the 2nd trial" is the course of one task within this visit.
        return _EARLIER_STATE.search(low, start, end) is not None or (
            low.find("→", start, end) < 0 and not sentence.mask & BIT["service"]
        )
    past_day = _has_past_day(document, sentence)
    if past_day:
        enough = 1 if _is_against_today(document, sentence) else 2
        if sentence.mask & _ASSIST or _count_figures(low, sentence) >= enough:
            return True
    past = _PAST.search(low, start, end)
    if past is None:
        return False
    if past[0] in _FAINT and not past_day and all(told[0] in _FAINT for told in _PAST.finditer(low, start, end)):
        # "4 cues, was 9": a measure on both sides, or a level that was
        return _WAS_NUMBER.search(low, start, end) is not None
    return bool(sentence.mask & _ASSIST) or _count_figures(low, sentence) > 0


_STEPS: Final = (">", "→", "now")  # one of them stands in every step
_STEPPED: Final = folded(
    r"\b(?:min|mod|max|total|cga|sba|dep|sup)\w*(?: a| assist)? ?(?:->|→|>|to now|, now) ?(?:min|"
    r"mod|max|cga|sba|sup|ind|s\b|i\b)|\bat eval\w*,? now\b"
)
_EARLIER_STATE: Final = folded(r"\b(?:since|eval|soc|adm\w*|last|week|visit|initial\w*|baseline|was|now)\b|\d/\d")
_PAST: Final = folded(
    r"\b(?:was|were|last (?:wk|week|visit|session|month|time|log|treatment|report|note|check|"
    r"checks|tuesday|monday|wednesday|thursday|friday|tx|year)|at (?:eval|evaluation|start|"
    r"baseline|ie|soc|initial|admission|intake|the start|first)|on eval|baseline|initially|initial|lv|"
    r"previously|previous|compared|(?:versus|vs)\b(?=[^.;\n]{0,30}(?:\b(?:last|yesterday|eval|soc|on|at|initial|"
    r"before|prior)\b|\d/\d))|(?:up|down) (?<!sit up )(?<!sits up )(?<!sitting up )(?<!stand up )"
    r"(?<!get up )(?<!gets up )(?<!getting up )(?<!push up )(?<!rise up )from (?!(?:the|a|an|her|his) )|(?:up|"
    r"down) \d+(?:\.\d+)? ?(?:deg\w*|°|%|"
    r"points?|pts?\b|lbs?\b|kg|#|sec\w*|s\b|cm|mm|words|levels?|mph|bpm|\w* ?(?:from|since|vs|than|over)\b)|"
    r"since (?:eval|"
    r"last|start|baseline|initial)|before re-?\w+|weeks? ago|visits ago|used to|first visit|"
    rf"in (?:{MONTH_NAME})"
    r"|from \d+(?:\.\d+)?[^.;\n]{0,14} to \d|start of care|prior (?:visit|week|session)|(?:a|one) (?:week|visit|month) "
    r"ago|the (?:week|visit|session|"
    r"day|month) (?:before|prior)|old|"
    r"then,)\b|\(\d+ (?:at|last)|, \d+ (?:then|at)"
)
_FAINT: Final = ("was", "were", "then,", "old")  # of the past only beside a measure
_WAS_NUMBER: Final = folded(
    r"(?:[,;(–-]|\bbut|\band|\bfrom) ?(?:it |this |which |that )?(?:was|were) (?:only |at |just )?(?:\d|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)\b|(?:min|mod|max|total|cga|sba|unable|"
    r"contact|minimal|moderate|maximal|standby|supervision|dependent)\b)(?! (?:of|more|patients))"
    r"|\(was "
)


def _has_past_day(document: Document, sentence: Sentence) -> bool:
    """A date before the visit stands in the sentence that neither heads an entry nor is the date of the case."""
    low = document.low
    return any(
        document.is_past(date)
        and low[date.end : date.end + 2].rstrip() not in (":", "):")
        and not _CASE.search(low, max(sentence.start, date.start - 30), date.start)
        for date in sentence.dates
    )


def _is_against_today(document: Document, sentence: Sentence) -> bool:
    """One figure of an earlier day is compared: by a word of change, or under the heading of progress. Without, it is
    what happened then: "land treadmill on 07/28 lasted 6 min".
    """
    return (
        sentence.section == "progress"
        or bool(sentence.mask & (_IMPROVE | _COMPARE))
        or document.summary
        or _OF_CHANGE.search(document.low, sentence.start, sentence.end) is not None
    )


_OF_CHANGE: Final = folded(r"\bsame\b|\b(?:not possible|unable|not able|could not|couldn't|impossible|only)\b")


def _count_figures(low: str, sentence: Sentence) -> int:
    """How many measures, in figures or words, stand in the sentence beside its dates."""
    text = low[sentence.start : sentence.end]
    if _GIVEN_THEN.fullmatch(text) is not None:
        return 0
    for date in reversed(sentence.dates):
        text = text[: date.start - sentence.start] + text[date.end - sentence.start :]
    return len(_FIGURE.findall(text))


# Which services an earlier visit had, and how long: "Last visit he did 97140 15 minutes". No state of the patient.
_GIVEN_THEN: Final = folded(
    r"[-* ]*(?:(?:at|on|in|during) )?(?:the |her |his )?(?:last|previous|prior) (?:visit|session|treatment|tx|"
    r"time)[:,]? "
    r"(?:(?:he|she|they|we|i|pt|patient|client|resident) )?(?:(?:did|had|got|received|was given|billed|performed|was|"
    r"included|consisted of|worked on) )?(?:[a-z&,/+-]+ ){0,4}?(?:9\d{4}|g\d{4})\b[^.;]{0,60}?(?:\d+ ?min\w*|"
    r"x ?\d)?[. ]*"
)
_FIGURE: Final = folded(
    r"(?<!\b[lstc])\d+(?:\.\d+)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|unable|percent)\b"
)


def _is_set_against(low: str, sentence: Sentence) -> bool:
    """One figure is set against another: "two today against seven on Thursday"."""
    return (
        sentence.gates & _AGAINST_GATE != 0
        and sentence.mask & _COMPARE != 0
        and not sentence.mask & (BIT["service"] | BIT["planned"] | _GOAL)
        and _AGAINST.search(low, sentence.start, sentence.end) is not None
    )


_AGAINST: Final = folded(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b[^.;\n]{0,16}? (?:against|versus|vs|"
    r"compared (?:to|with)) "
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|none)\b"
)
_AGAINST_GATE: Final = gate(_AGAINST)


def _is_instead(low: str, sentence: Sentence) -> bool:
    """A count or a level stands where there was another: "one cue instead of three", "CGA rather than min A". A count
    of no fault and no help is one only where the patient is judged, and is no dose.
    """
    if not sentence.gates & _INSTEAD_GATE or sentence.mask & (BIT["planned"] | BIT["home"]):
        return False
    told = _INSTEAD.search(low, sentence.words, sentence.end)
    return told is not None and (told["what"] is None or sentence.section in _JUDGING)


_JUDGING: Final = frozenset({"assessment", "progress", "response"})
_SOME: Final = rf"(?:\d{{1,3}}|{_COUNT}|once|twice|no|none|half)"
_HELP_LEVEL: Final = (
    r"(?:(?:min|mod|max|total|cga|sba|contact|standby|minimal|moderate|maximal|supervision|sup|independent|"
    r"dependent|hand[- ]over[- ]hand)\w*(?: (?:a\b|assist\w*|guard\w*|help))?)"
)
_FAULT: Final = (
    r"(?:cues?|prompts?|reminders?|vcs?|tcs?|errors?|mistakes?|spills?|drops?|stumbles?|lobs?|loss(?:es)? of balance|"
    r"rests?|breaks?|stops?|pauses?|falls?|misses|corrections?|redirections?|assists?|helps?|trips?|touches|grabs?|"
    r"buckles?|coughs?|attempts?|tries|hands?|rails?|people|persons?|aides?|helpers?)"
)
_INSTEAD: Final = folded(
    r"\b(?:"
    rf"{_SOME} (?:[a-z]+ ){{0,2}}?(?:{_FAULT}|(?P<what>(?!(?:sets?|reps|lbs?|pounds?|kg|min\w*|visits?|weeks?|units?|"
    r"inch\w*|in|x|sessions?|times)\b)[a-z]{2,}))\b[^.;,\n]{0,24}?,? (?:instead of|"
    rf"rather than|in place of|where (?:it|there) (?:was|were|had been)|not) "
    rf"(?:the (?:usual |former |earlier |previous )?)?{_SOME}(?! ?(?:lbs?|sets|reps|"
    r"min|weeks?|visits?)\b)\b|"
    rf"{_HELP_LEVEL} (?:[a-z]+ ){{0,3}}?(?:instead of|rather than|in place of) (?:the (?:usual |former )?)?"
    rf"(?:{_HELP_LEVEL})"
    r")"
)
_INSTEAD_GATE: Final = gate(_INSTEAD)


def _names_day_of_month(low: str, sentence: Sentence) -> bool:
    """A count of today stands beside what a day of the month had, by its name: "eight of ten today, three of ten on the
    fifth", "one whole head today, on the twenty-eighth he stopped halfway".
    """
    return (
        sentence.gates & _DAY_NAMED_GATE != 0
        and bool(sentence.has_number or sentence.mask & BIT["number"])
        and not sentence.mask & (BIT["planned"] | BIT["home"] | _GOAL)
        and _DAY_NAMED.search(low, sentence.start, sentence.end) is not None
    )


_ORDINAL: Final = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|\d{1,2}(?:st|nd|rd|th)"
)
_DAY_NAMED: Final = folded(
    rf"\btoday(?:[,;]|(?= (?:and|but) )) (?:and |but |only )?(?:[^.;,\n]{{2,40}} )?"
    rf"on the (?:{_ORDINAL})(?= (?:she|he|it|they|of)\b|[.;,]|$)|"
    rf"\bon the (?:{_ORDINAL}) [^.;\n]{{3,48}}[,;] (?:and |but )?(?:[^.;,\n]{{2,30}} )?today\b"
)
_DAY_NAMED_GATE: Final = gate(_DAY_NAMED)


def _falls_short_then(document: Document, sentence: Sentence) -> bool:
    """What was done whole or clean today, and how far an earlier day had got: "Flight without stopping; stopped twice
    on 11/09", "Sixteen full lifts without a hike; five on 06/10".
    """
    if sentence.mask & (BIT["planned"] | BIT["home"] | _GOAL):
        return False
    low = document.low
    return any(
        document.is_past(date) and _had_got_so_far(low, sentence, date.start) for date in sentence.dates
    ) and not _NOT_STATE.search(low, sentence.start, sentence.end)


def _had_got_so_far(low: str, sentence: Sentence, day: int) -> bool:
    """A count leads to the ``day``, and something whole or clean stands in the part before it."""
    if not low.endswith(" on ", 0, day) or not low[day].isdecimal():
        return False
    short = _SHORT_THEN.search(low, max(sentence.words, day - _LONGEST_SHORT), day)
    return short is not None and (
        _WHOLE.search(low, max(sentence.words, short.start() - _LONGEST_WHOLE), short.start()) is not None
    )


_LONGEST_SHORT, _LONGEST_WHOLE = 80, 160  # code points
_WHOLE: Final = folded(
    rf"\b(?:without|no|none|never|all|whole|entire|every|each|alone|unaided|clean|full|in one|{_COUNT})\b[^.;\n]*\Z"
)
_SHORT_THEN: Final = folded(
    r"[;,] (?:and |but |only )?(?:(?:stopped|needed|took|had|lost|got|missed|spilled|dropped|gave up)[^.;,\n]{0,12} )?"
    rf"(?:once|twice|half|none|{_COUNT}|\d+)\b[^.;,\n]{{0,24}}? on \Z"
)


def _was_other_then(low: str, sentence: Sentence) -> bool:
    """One thing was so in an earlier month or at the start, another is now: "Puree in January, minced food now"."""
    return (
        sentence.gates & _OTHER_GATE != 0
        and not sentence.mask & (BIT["planned"] | BIT["home"] | _GOAL)
        and sentence.section not in ("header", "diagnosis")
        and _OTHER.match(low, sentence.words, sentence.end) is not None
    )


def _was_short_of(low: str, sentence: Sentence) -> bool:
    """A short sentence of two states, the earlier one behind it: "opp to RF base, was MF", "Walks with a cane, was the
    walker".
    """
    return (
        sentence.gates & _SHORT_OF_GATE != 0
        and not sentence.mask & (BIT["planned"] | BIT["home"] | _GOAL | BIT["symptom"])
        and sentence.section in _TELLING
        and _SHORT_OF.fullmatch(low, sentence.words, sentence.end) is not None
    )


_TELLING: Final = frozenset({"note", "assessment", "progress", "objective"})
_SHORT_OF: Final = folded(
    r"[-* ]*(?!(?:visit|session|treatment|tx|late|arrived|bus|ride|chair|bed|room|gym|"
    r"clinic)\b)(?![^.,]*\b(?:alert|oriented|awake|pleasant|cooperative)\b)[a-z][a-z\d /-]{5,50}, was "
    r"(?:(?:only|just|still) )?(?:(?:at|on|to|in|with|the|an?) ){0,2}(?!(?:not|too|very|so|told|able|given|seen|"
    r"asked|late|"
    r"tired|sore|fine|good|ok|well|low|high|quiet|calm|busy|out|off|ready|happy|sad|upset|sick|ill|done|cut|held)\b)"
    r"(?![a-z]+(?:ed|ing|en)\b)[a-z]{2,}(?: (?:finger|shelf|step|level|walker|cane|base|joint|frame|hand))?[.]?"
)
_SHORT_OF_GATE: Final = gate(_SHORT_OF)
_OTHER: Final = folded(
    r"[-* ]*(?:[a-z]+: )?(?:(?![a-z]+ed\b|fell|had|was|went|began|moved|came|left|lost|broke|retired|lives?|works?)"
    r"[a-z\d-]+ ){1,7}"
    rf"(?:in (?:{MONTH_NAME})|at (?:the )?(?:start(?: of (?:care|therapy))?|eval\w*|admission)|on admission)[,;] "
    r"(?:(?!lives?|works?|uses?|has|is)[a-z\d-]+ ){1,7}now\b"
)
_OTHER_GATE: Final = gate(_OTHER)
_BY_WORDS_GATE: Final = _AGAINST_GATE | _INSTEAD_GATE | _DAY_NAMED_GATE | _OTHER_GATE | _SHORT_OF_GATE
