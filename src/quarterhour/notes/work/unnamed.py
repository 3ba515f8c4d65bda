"""Parts of a sentence without a word that names an activity, told as one all the same: with a verb of doing, by its
category, or by their place in the description of a service.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.work.phrases import (
    BARE_MEASURE,
    DOSE,
    FAINT,
    FIRST_WORDS,
    MEASURED,
    NOT_TASK,
    REMARK,
    REPS,
    Activity,
    Heading,
    for_a_purpose,
    is_adjusted,
    strengthens,
)
from quarterhour.notes.work.spoken_of import is_outcome, is_spoken_of

_CATEGORY, _PLACE = BIT["category"], BIT["place"]


def unnamed(
    document: Document,
    sentence: Sentence,
    start: int,
    end: int,
    under: Heading,
    inside: Sequence[Hit],
    spans: Sequence[tuple[int, int]],
) -> Activity | None:
    """A part without a word that names an activity: told with a verb of doing, by its category, or as a task in the
    description of the service ``under``; None where it is none of them. ``inside`` are its categories and labels,
    ``spans`` where services stand.
    """
    if not inside and not under.code:
        return _narrated(document, sentence, start, end)
    found = _of_category(document, sentence, start, end, under, inside)
    if found is not None:
        return found
    found = (
        _told_task(document, sentence, start, end, under, spans)
        or _described(document, sentence, start, end, under, spans)
        or _narrated_doing(document, sentence, start, end)
    )
    if found is None or is_outcome(document, sentence, start) or is_spoken_of(document, sentence, start, end):
        return None
    return found


def _narrated_doing(document: Document, sentence: Sentence, start: int, end: int) -> Activity | None:
    """A task told with a verb of doing and its own: "I had her practise putting dishes away"."""
    found = _narrated(document, sentence, start, end)
    if found is None or _TASK_VERB.match(document.low, found.start, end) is None:
        return None
    return None if sentence.has(BIT["service"], start, end) else found


_TASK_VERB: Final = folded(r"[a-z]{2,}ing (?!to\b)[a-z]")


def _narrated(document: Document, sentence: Sentence, start: int, end: int) -> Activity | None:
    """A part told with a verb of doing, under no service: "We did loud ah's, fifteen of them"."""
    low = document.low
    verb = _DID.match(low, start, end) if sentence.gates & DID_GATE else None
    if verb is None or not 2 <= low.count(" ", verb.end(), end) + 1 <= _LONGEST_NARRATED:
        return None
    if sentence.has(_CATEGORY, verb.end(), end) or _ONLY_COUNT.fullmatch(low, verb.end(), end):
        return None
    status = status_of(document, sentence, verb.end(), min(end, verb.end() + FIRST_WORDS))
    kind = "exercise" if REPS.search(low, verb.end(), end) else "functional_activity"
    return Activity(verb.end(), end, kind, status, True, sentence, guessed=True)


_DID: Final = folded(
    r"(?:today |then |so |first |next |after that )?(?:we|i|pt|patient|client|resident|student|she|he|"
    r"they)?(?: also| then)? ?"
    r"(?:did|worked on|practi[cs]ed|performed|completed|went through|ran through|rehearsed|drilled|"
    r"tried(?= [a-z]+ing (?:the|an?|his|her|both|out|in|on|up)\b)|trained (?:her|"
    r"him|pt|in|on)(?: to| in| on)?|"
    r"had (?:her|him) (?:do|work on|practi[cs]e)) (?!not\b|well|good|great|fine|ok|better|n't|this|that|it\b|all\b|"
    r"every|any|"
    r"so\b|very|her hep|his hep|"
    r"home|today)"
)
#: The gate of a verb of doing.
DID_GATE: Final = gate(_DID)
# How often, of what was named before: "then pt did 4 trials".
_ONLY_COUNT: Final = folded(
    r"(?:another |about )?(?:\d{1,3}|two|three|four|five|six|eight|ten|a few|several) (?:more |full |"
    r"good )?(?:trials?|reps|"
    r"repetitions|sets|times|rounds|attempts|tries|laps|trips|bouts|passes)(?: (?:each|total|more|of (?:it|this|that|"
    r"each)))?[^a-z]*"
)
_LONGEST_NARRATED: Final = 16  # words


def _of_category(
    document: Document, sentence: Sentence, start: int, end: int, under: Heading, inside: Sequence[Hit]
) -> Activity | None:
    """What a category is told to consist of, or the mere category."""
    low = document.low
    category = next((hit for hit in inside if hit.mask & _CATEGORY), None)
    if category is None:
        return None
    named = _INCLUDING.match(low, category.end, end)
    if named is not None and low.count(" ", named.end(), end):
        return _guess(document, sentence, named.end(), end, under)
    if NOT_TASK.match(low, start, end):
        return None
    word = low[category.start : category.end]
    exercise = category.values["category"] == "exercise" and not any(mark in word for mark in _NO_EXERCISE)
    status = status_of(document, sentence, category.start, category.end)
    return Activity(start, end, "exercise" if exercise else "unspecified", status, False, sentence, *under.over())


# What a category is told to consist of: "therapeutic activities including simulated bus boarding".
_INCLUDING: Final = folded(
    r",? (?:incl(?:uding|udes?|\.)?|to include|such as|e\.g\.,?|consisting of|consisted of|in the form of|i\.e\.,?) "
)
_NO_EXERCISE: Final = ("per", "see", "log", "sheet")  # "exercises per log"


def _told_task(
    document: Document, sentence: Sentence, start: int, end: int, under: Heading, spans: Sequence[tuple[int, int]]
) -> Activity | None:
    """A task told with a verb, or a dose, in the description of a service."""
    low = document.low
    if not under.code or not _SHORTEST_TASK <= end - start <= _LONGEST_TASK:
        return None
    if any(first <= start < last for first, last in spans):
        return None
    if not (_is_dosed(low, sentence, start, end) or _opens_with_verb(low, sentence, start, end)):
        return None
    title = low[end : end + 1] == ":" and low.count(" ", start, end) < _LONGEST_TITLE
    if title or NOT_TASK.match(low, start) or _is_remark(low, sentence, start, end):
        return None
    return _guess(document, sentence, start, end, under)


_LONGEST_TITLE: Final = 4  # blanks: a longer one tells the task, and its parts behind the colon
_SHORTEST_TASK: Final = 8  # code points
_LONGEST_TASK: Final = 160


def _is_dosed(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """A dose in words of its own, and no help: "row machine 3 x 12"."""
    return DOSE.search(low, start, end) is not None and low[start].isalpha() and not sentence.has(LEVELS, start, end)


def _opens_with_verb(low: str, sentence: Sentence, start: int, end: int) -> bool:
    return (
        sentence.gates & _GERUND_GATE != 0
        and _GERUND.match(low, start, end) is not None
        and _NOT_GERUND.match(low, start) is None
    )


_GERUND: Final = folded(
    r"(?:\(?\d\)? )?(?:(?:she|he|we|pt|patient|client|resident|ms\. \w+|mr\. \w+|mrs\. \w+)"
    r" )?(?:[a-z]+ly )?(?:[a-z]{3,}ing|made|gathered|washed|copied|cleared|wiped|folded|loaded|"
    r"emptied|sorted|practiced|practised|carried|lifted|retrieved|donned|doffed|prepared|opened|"
    r"poured|stacked|packed|unpacked|set the|swept|peeled|wrote|cut|matched|named|described|"
    r"produced|repeated|answered)\b (?!and tolerat|to (?!(?:the|an?|his|her)\b))[a-z]"
)
_GERUND_GATE: Final = gate(_GERUND)
_NOT_GERUND: Final = folded(
    r"(?:continuing|complaining|feeling|reporting|following|during|including|using|progressing|"
    r"improving|nothing|something|everything|anything|burning|swelling|tingling|being|morning|evening|limiting|remaining|increasing|decreasing|"
    r"requiring|needing|having|wearing|showing|hearing|treating|supervising|referring|correcting|"
    r"finding|breathing hard|resting|making (?:\w+ )?(?:gains|progress)|"
    r"doing (?:better|well|fine|ok|good)|getting (?:better|stronger|there)|coming along|"
    r"running (?:late|behind|over|short|out|low))\b"
)


def _described(
    document: Document, sentence: Sentence, start: int, end: int, under: Heading, spans: Sequence[tuple[int, int]]
) -> Activity | None:
    """A part where a service is described, directly after its label: "97535: jacket on and off with zip ring"."""
    low = document.low
    if not under.code or sentence.dates or not _follows_label(low, sentence, start):
        return None
    if not 2 <= len(low[start:end].split()) <= _LONGEST_DESCRIBED:
        return None
    if not _may_be_task(low, sentence, start, end, spans):
        return None
    if sentence.has(_NO_TASK, start, min(end, start + FIRST_WORDS)):
        return None
    return _guess(document, sentence, start, end, under)


_LONGEST_DESCRIBED: Final = 14  # words
# Help, how it went and where it was: of a task, and none itself.
_NO_TASK: Final = LEVELS | _PLACE | BIT["symptom"] | BIT["stock_response"]


def _follows_label(low: str, sentence: Sentence, start: int) -> bool:
    """The label of a service and a mark that opens its description stand directly before ``start``."""
    return low[start - 1] in _SLOT_ENDS and (
        _SLOT.search(low, max(sentence.start, start - _LONGEST_SLOT), start) is not None
    )


_SLOT: Final = folded(
    r"(?:\d{5}|\)|min(?:utes?)?\.?|activit(?:y|ies)|exercises?|acts?|ex|therapy|training|re-ed(?:ucation)?|"
    r"self-care|group|individual|x ?\d\d) ?(?::|-{1,2}) ?[*-]? ?$"
)
_SLOT_ENDS: Final = ":-* \n"  # how a slot ends, a line end behind it
_LONGEST_SLOT: Final = 22  # code points


def siblings(
    document: Document,
    sentence: Sentence,
    unknown: Sequence[tuple[int, int, Heading]],
    spans: Sequence[tuple[int, int]],
) -> list[Activity]:
    """Parts without a known word in a list whose other parts are activities: "bridges 3x10, clams 2x15, cone p/u"."""
    low = document.low
    found: list[Activity] = []
    for start, end, under in unknown:
        fewest = 1 if sentence.has(FAINT, start, end) else 2
        if (
            fewest <= len(low[start:end].split()) <= _LONGEST_LISTED
            and not sentence.has(_NO_TASK, start, end)
            and _may_be_task(low, sentence, start, end, spans)
            and _VERBISH.search(low, start, end) is None
            and not for_a_purpose(low, sentence, start)
            and not is_spoken_of(document, sentence, start, end)
        ):
            found.append(_guess(document, sentence, start, end, under, _FIRST_LISTED))
    return found


_LONGEST_LISTED: Final = 7  # words
_FIRST_LISTED: Final = 10  # code points of an entry of a list that tell its status
_VERBISH: Final = folded(
    r"\b(?:she|he|pt|patient|i|her|his|because|which|so|after|until|per round|falling|min|minutes|"
    r"each|both|none|unit|charge|break|rest)\b"
)


def _guess(
    document: Document, sentence: Sentence, start: int, end: int, under: Heading, reach: int = FIRST_WORDS
) -> Activity:
    """A phrase without a known word: an exercise by its dose, or of the class of the service it is told under.
    ``reach`` is how much of its opening tells its status.
    """
    kind = document.lexicon.codes.speaks_for.get(under.code, "unspecified")
    if kind in ("functional_activity", "self_care") and strengthens(document, sentence, start, end):
        kind = "exercise"
    status = status_of(document, sentence, start, min(end, start + reach))
    return Activity(start, end, kind, status, True, sentence, *under.over(), guessed=True)


def _may_be_task(low: str, sentence: Sentence, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Nothing says that words nobody knows are none of a task: a label of a service, a measure, a remark."""
    return (
        low[start].isalpha()
        and low[end : end + 1] != ":"
        and not any(first < end and start < last for first, last in spans)
        and not (NOT_TASK.match(low, start) or _SAID.match(low, start))
        and not (BARE_MEASURE.match(low, start, end) or MEASURED.search(low, start, end))
        and not _is_remark(low, sentence, start, end)
    )


_SAID: Final = folded(r"(?:today \(|(?:she|he|pt|patient|see|same|per|none|not|no|held|as|total|timed|min)\b)")


def _is_remark(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """The part tells how, when, where or why, or how often: no task by itself."""
    return (
        REMARK.match(low, start, end) is not None
        or _OFTEN.search(low, start, end) is not None
        or (is_adjusted(low, sentence, start, end) and DOSE.search(low, start, end) is None)
        or sentence.has(_MODE, start, end)
    )


_MODE: Final = BIT["one_on_one"] | BIT["group"]
_OFTEN: Final = folded(
    r"\b(?:(?:\d(?:-\d)? ?x|twice|once|\d times|daily) ?(?:/|per|a|weekly) ?(?:wk|week|day|mo)?|"
    r"x ?\d{1,2} (?:more )?(?:wks?|weeks?|visits?|months?|sessions?|days)\b)"
)
