"""The element of progress: what changed since an earlier state."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.elements.earlier import SAME_VISIT, has_state, is_beside_earlier
from quarterhour.notes.elements.grade import (
    OF_THE_VISIT,
    Facts,
    Grade,
    Span,
    absent,
    is_carried,
    partial,
    present,
    span,
)
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_MET, _IMPROVE = BIT["met"], BIT["improve"]


def progress(facts: Facts) -> Grade:
    """Comparison with a number, or a goal met or not met; unquantified improvement is partial."""
    document = facts.document
    if document.missed:
        return absent("the visit did not take place")
    changes: list[Span] = []
    claims: list[Span] = []
    for sentence in document.sentences:
        if _is_goal_met(document, sentence) or _can_now(document.low, sentence):
            changes.append(span(sentence))
        elif _may_tell(facts, sentence):
            if _is_change(facts, sentence):
                changes.append(span(sentence))
            elif _is_claim(document.low, sentence):
                claims.append(span(sentence))
    changes = changes or _find_in_tables(document)
    if changes:
        return present("a comparison with numbers, or a goal met or not met", changes[:3])
    claims = claims or [
        span(sentence)
        for sentence in document.sentences
        if sentence.section == "progress" and _RATED.search(document.low, sentence.start, sentence.end)
    ]
    if claims:
        return partial("progress is claimed without a number", claims[:2])
    return absent("no comparison with an earlier state is told")


def _is_goal_met(document: Document, sentence: Sentence) -> bool:
    """Among the goals, one is said to be met or not met."""
    return (
        sentence.section == "goals"
        and _tells_of_met(document.low, sentence)
        and document.low.find("to be ", sentence.start, sentence.end) < 0
        and not is_carried(document, sentence)
    )


def _tells_of_met(low: str, sentence: Sentence) -> bool:
    if sentence.gates & _REACHED_GATE and _REACHED.search(low, sentence.start, sentence.end) is not None:
        return True
    return sentence.mask & _MET != 0 and _MET_WORDS.search(low, sentence.start, sentence.end) is not None


# How a goal stands by its number: "Goal 1, minced diet without coughing: reached."
_REACHED: Final = folded(
    r"\b(?:stg|ltg|goal|aim)s? ?#?\d(?:[^.;\n]{0,90}?(?::|,| -| was| is))? (?:not |now |just |partly )?(?:yet )?"
    r"(?:reached|attained)(?=[.;,]|$| (?:on|today|at)\b)"
)
_REACHED_GATE: Final = gate(_REACHED)


_MET_WORDS: Final = folded(
    r"\bgoals?(?! directed| oriented| based|-) (?:\w+ ){0,4}?(?:was |were |is |are |partly |partially |not |not yet |"
    r"yet )*(?:met|"
    r"achieved|attained|mastered|upgraded)\b|\b(?:stg|ltg|goal|g|m)s? ?#?\d(?: (?:and|&) \d)?[^.;\n]{0,90}\b(?:met|"
    r"partly met|achieved|kept|mastered|upgraded|discontinued)\b|\b(?:not yet|partly|partially|"
    r"not) met\b|\ball (?:\w+ )?(?:goal|ltg|stg)s? (?:were |are )?met\b|\bgoals? \d/\d met\b|"
    r"\b\d/\d (?:goals )?met\b|\.\. ?met\b|\b(?:accomplished|reached?|achieved|attained|met)\b (?:\w+[ "
    r"-]){0,7}goals?\b|\bmet (?:stg|ltg|goal)|\bmet$"
)


def _can_now(low: str, sentence: Sentence) -> bool:
    """What the patient can do now and could not then, told by whomever: "She can now fasten her bra, which she could
    not two weeks ago".
    """
    return (
        sentence.gates & _CAN_NOW_GATE != 0
        and not sentence.mask & _MAY_BE
        and _CAN_NOW.search(low, sentence.start, sentence.end) is not None
    )


_MAY_BE: Final = BIT["planned"] | BIT["goal"] | BIT["boilerplate"]
_THEN: Final = (
    r"(?:ago|before|last (?:visit|week|month|time|session)|at (?:eval\w*|the start|first|start)|on (?:eval\w*|\d))\b"
)
_CAN_NOW: Final = folded(
    rf"\b(?:can now|now (?:can|able to)|is now able to|now manages to) [^.;\n]{{4,70}}[,;] (?:which |but |"
    rf"and )?(?:(?:she|he|"
    rf"they|pt) )?(?:could not|couldn't|was unable|unable|was not able|not able)\b[^.;\n]{{0,24}}?\b{_THEN}"
)
_CAN_NOW_GATE: Final = gate(_CAN_NOW)


def _may_tell(facts: Facts, sentence: Sentence) -> bool:
    """The sentence tells of this visit, or beside a goal how it stands."""
    return (
        (sentence.section in OF_THE_VISIT or _is_status_of_goal(facts.document.low, sentence))
        and sentence.start not in facts.stuffed
        and not is_carried(facts.document, sentence)
    )


def _is_status_of_goal(low: str, sentence: Sentence) -> bool:
    """A form tells it beside the goal: "Goal 1 Status: Progressing - needed moderate assist on 09/14"."""
    return (
        sentence.section == "goals"
        and sentence.gates & _STATUS_GATE != 0
        and _STATUS.search(low, sentence.start, sentence.end) is not None
    )


_STATUS: Final = folded(r"\b(?:goal \d |stg |ltg )?status ?:")
_STATUS_GATE: Final = gate(_STATUS)


def _is_change(facts: Facts, sentence: Sentence) -> bool:
    """A goal met or not met, or a figure beside that of an earlier day."""
    document = facts.document
    return _tells_of_met(document.low, sentence) or (not document.evaluation and is_beside_earlier(document, sentence))


def _find_in_tables(document: Document) -> list[Span]:
    """Rows of a table with a state of then and one of now, or the head of such a table in a summary."""
    low = document.low
    told = [cell for cell in document.cells if has_state(low, cell)]
    if any(cell.when == "then" for cell in told):
        now = [(cell.row, cell.end) for cell in told if cell.when == "now"]
        if now:
            return now[:2]
    head = _TABLE_HEAD.search(low) if document.summary else None
    return [head.span()] if head is not None else []


_TABLE_HEAD: Final = folded(
    (
        r"^[^\n]*\b(?:start|initial|baseline|eval|admission|intake|\d\d?/\d\d?)\b[^\n]*\b(?:end|"
        r"current|now|today|discharge|final|goal|\d\d?/\d\d?)\b[^\n]*$"
    ),
    re.MULTILINE,
)


def _is_claim(low: str, sentence: Sentence) -> bool:
    """Better or worse is claimed, without a figure."""
    if sentence.gates & _DOES_MORE_GATE and _does_more(low, sentence):
        return True
    if not sentence.mask & _IMPROVE or sentence.section == "header":
        return False
    start, end = span(sentence)
    if _NOT_FORESEEN.search(low, start, end):
        return False
    if sentence.section != "time" and (_is_remark(low, sentence) or _HOLDS.fullmatch(low, start, end)):
        return True
    return (
        _UNQUANTIFIED.search(low, start, end) is not None
        and not _NO_CHANGE.search(low, start, end)
        and not _OF_THE_NOTE.search(low, start, end)
    )


def _does_more(low: str, sentence: Sentence) -> bool:
    """A sentence of its own that the patient does more or does it better: "Tolerating more weight.", "Nicer flow."."""
    return (
        sentence.end - sentence.words < _SHORT_REMARK
        and not sentence.has_number
        and not sentence.mask & (_NO_REMARK | BIT["home"])
        and sentence.section in _REMARKING
        and _DOES_MORE.fullmatch(low, sentence.words, sentence.end) is not None
    )


_SHORT_REMARK: Final = 80  # code points
_REMARKING: Final = frozenset({"note", "assessment", "progress", "response"})
_DOES_MORE: Final = folded(
    r"[-* ]*(?:(?:she|he|pt|patient|client|resident) is )?[a-z]{2,}ing (?:a (?:bit|little) |slightly |much )?(?:more|"
    r"less|"
    r"fewer|heavier|longer|further|farther|better)(?! than\b)(?: [a-z-]+){0,4}[.!]?|"
    r"[-* ]*(?:imp|(?:an? (?:bit|little) |slightly |somewhat )(?:behind|ahead|further along|off the pace)|"
    r"lagging(?: behind)?"
    r"(?: an? (?:bit|little))?|(?:behind|ahead of|short of) (?:schedule|plan|where [a-z ]{4,30})|"
    r"(?:(?:she|he|pt|patient|client|resident) )?(?:goes|gets|walks|reaches|lasts|stands|sits|holds|does|manages) "
    r"(?:a (?:bit|little) )?(?:further|farther|longer|higher|more|better) (?:each|every)(?: [a-z]+)?)[.!]?|"
    r"[-* ]*(?:nicer|cleaner|neater|freer|fuller|crisper|calmer|smoother|tidier|clearer|"
    r"steadier) [a-z]+(?: [a-z]+)?[.!]?|"
    r"[-* ]*(?:i (?:feel|think|believe|find)(?: that)? )?(?:(?:she|he|pt|patient|client|resident) (?:is|seems|looks|"
    r"feels|sounds|was) )?(?:a (?:bit|little) |much |slightly )?(?:more|less) (?!than|time|work|reps|weight|practice|"
    r"visits|rest|help|pain|often|to\b|of\b|next|on\b)"
    r"[a-z]+(?: (?:(?:at|of|with|on|in|to|about|by) )?[a-z]+){0,4}[.!]?|"
    r"[-* ]*(?:(?:she|he|pt|patient|client|resident) (?:is|seems|looks|feels|sounds|was) )?(?:a (?:bit|little) |much |"
    r"slightly |more )?(?!(?:rather|other|later|earlier|sooner|older|over|never|after)\b)"
    r"(?:[a-z]{3,}er|(?<=more )[a-z]+) "
    r"than (?:(?:on|last|before|at) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|last (?:week|time|visit)|"
    r"week|time|visit|before)[.!]?"
)
_DOES_MORE_GATE: Final = gate(_DOES_MORE)


def _is_remark(low: str, sentence: Sentence) -> bool:
    """A short remark that sets how the patient does now against how it was before."""
    start, end = span(sentence)
    return (
        not sentence.has_number
        and end - start < _LONGEST_REMARK
        and not sentence.mask & _NO_REMARK
        and _COMPARATIVE.search(low, start, end) is not None
        and not SAME_VISIT.search(low, start, end)
        and not _OF_THE_NOTE.search(low, start, end)
    )


_LONGEST_REMARK: Final = 140  # code points
_NO_REMARK: Final = BIT["planned"] | BIT["symptom"] | BIT["goal"] | BIT["boilerplate"]
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
# A sentence that says how the patient does over the visits, and no more: "Maintaining.", "Slow but steady."
_HOLDS: Final = folded(
    r"[-* ]*(?:(?:pt|patient|client|resident|she|he) (?:is )?)?(?:maintaining|stable|slow(?:ly)? but stead(?:y|ily)|"
    r"holding(?: steady)?|(?:strength|motion|rom|balance|grip|voice|speech|endurance) (?:is )?coming(?: back)?)[.; ]*"
)
_OF_THE_NOTE: Final = folded(
    r"\d ?min\w*[.,:;]{0,2} (?:no change|unchanged|the same|as written)|"
    r"\b(?:rest|remainder|note|total|"
    r"treatment(?: time)?|lines?|entries|entry|codes?|minutes|orders?|meds|medications?|precautions|goals?|poc|"
    r"plan|content)"
    r"\b[^.;]{0,24}\b(?:unchanged|the same|stays?|stand)"
)
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
# What is not to be expected is no change: "No improvement is expected", "gains are not anticipated".
_GAIN: Final = r"(?:improvements?|gains?|progress(?:ion)?|change|recovery|restoration)"
_FORESEEN: Final = r"(?:expected|anticipated|likely|foreseen|projected|planned|realistic|possible)\b"
_NOT_FORESEEN: Final = folded(
    rf"\bno (?:further |significant |more |functional )?{_GAIN} (?:(?:is|are|was|were|being|to be) )?{_FORESEEN}|"
    rf"\b{_GAIN} (?:is|are|was|were) (?:not|no longer|un)(?: |(?=likely)){_FORESEEN}|"
    r"\b(?:do(?:es)? not|don't|doesn't|not) (?:expect|anticipate|foresee)\b"
)
_NO_CHANGE: Final = folded(
    r"\bto improve\b|\bexpected to improve|\bnot expected|\bfor improv\w+|\bin order to improve|"
    r"\bless than\b|\bprogress(?:ing)? (?:note|report)|\bwill improve|\bwas declined|\bimprovement "
    r"is not"
)
# How progress is rated under its own heading.
_RATED: Final = folded(r"\b(?:fair|good|slow|steady|excellent|poor|minimal|limited|as expected)\b")
