"""Phrases: what one part of a sentence is, by its words: something done, a remark, a measure, a dose, or no activity.

The words that decide are patterns here and marks in the lexicon; where a phrase stands, and under which service, is
for ``activities`` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import msgspec

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.document import Document
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.patterns import folded
from quarterhour.notes.status import status_of

_CATEGORY, _PLACE = BIT["category"], BIT["place"]
_FUNCTION: Final = BIT["function"]
_MODE: Final = BIT["one_on_one"] | BIT["group"]
#: Words that name an activity only beside something to do, a distance, an amount or a help.
FAINT: Final = BIT["faint"]

#: Sets by repetitions. One set of characters comes first: the search stops nowhere else.
DOSE: Final = folded(r"[\dx](?<=\b.)(?:(?<=x) ?\d{1,2}|(?<=\d)(?: ?x ?\d{1,2}|\d* reps)|(?<=[2-5]) sets)\b")
_REPS: Final = folded(r"\d ?x ?\d|\b(?:x ?\d+|\d+ (?:reps|sets|trips|trials|times)|set-?up)\b")


class Activity(msgspec.Struct, frozen=True, gc=False):
    """A phrase [start, end), its class, and its status.

    ``code`` is the service under which the note tells it, "" where it stands under none; ``label`` is where that
    service is named (-1: nowhere). The class is ``guessed`` where no word of the phrase speaks for one.
    """

    start: int
    end: int
    kind: str
    status: str
    specific: bool
    sentence: Sentence
    code: str = ""
    label: int = -1
    guessed: bool = False


class Heading(msgspec.Struct, frozen=True, gc=False):
    """Where a service is named; what follows is ``told`` under it, but not below a table of several."""

    start: int
    code: str
    told: bool = True

    def over(self) -> tuple[str, int]:
        """The code and the place of the service that what follows is told under, ("", -1) for none."""
        return (self.code, self.start) if self.told else ("", -1)


def class_of(document: Document, hits: Sequence[Hit], code: str, phrase: str) -> str:
    """The class a phrase with these marked words speaks for; where they allow several, that of its service ``code``."""
    kinds = ["speech_language" if hit.values["activity"] == "swallow" else hit.values["activity"] for hit in hits]
    expected = document.lexicon.codes.speaks_for.get(code, "")
    if "assessment" in kinds and not _REPS.search(phrase):
        return "assessment"
    if expected in kinds:
        return expected
    first = kinds[0]
    if first in ("exercise", "gait", "neuromuscular") and ("functional_activity" in kinds or "self_care" in kinds):
        return "functional_activity" if "functional_activity" in kinds else "self_care"
    if first == "exercise" and "manual" in kinds:
        return "manual"
    return first


def names_a_task(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """A word of daily life or a place stands in the phrase; the bare name of a motion or a posture is none."""
    for hit in sentence.hits:
        if start <= hit.start < end and hit.mask & (_FUNCTION | _PLACE):
            said = hit.values.get("activity", "functional_activity")
            if said in ("functional_activity", "gait") and not is_motion(document.low, hit):
                return True
    return False


def is_motion(low: str, hit: Hit) -> bool:
    """The bare name of a motion, a posture or where it is made."""
    return _MOTION.fullmatch(low, hit.start, hit.end) is not None


_MOTION: Final = folded(
    r"(?:push|pull|reach|step|bend|turn|walk|stand|sit|squat|lift|kneel)(?:s|es|ing|ping|ting)?|seated|overhead|"
    r"floor|bench|bike|line"
)


def strengthens(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """The phrase has the dose of strengthening and names no task."""
    return _STRENGTHENS.search(document.low, start, end) is not None and not names_a_task(
        document, sentence, start, end
    )


# Strengthening by its dose: sets by repetitions, a weight by repetitions, a band of a colour, a series.
_STRENGTHENS: Final = folded(
    r"\b(?:[1-6] ?x ?\d{1,2}\b(?! ?(?:ft|feet|min|sec|s\b|m\b|trials|trips))|[1-6] sets\b|"
    r"\d{1,3} ?(?:lbs?|#|kg)[ ,]*(?:x|for) ?\d|(?:y|r|g|b|bl|or)tb\b|"
    r"(?:yellow|red|green|blue|black|orange|silver)(?: thera-?| t| resistance)?[ -]?(?:band|tubing|tb)s?\b|"
    r"(?:thera-?band|series)\b)"
)


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
    return (
        _of_category(document, sentence, start, end, under, inside)
        or _told_task(document, sentence, start, end, under, spans)
        or _described(document, sentence, start, end, under, spans)
    )


def _narrated(document: Document, sentence: Sentence, start: int, end: int) -> Activity | None:
    """A part told with a verb of doing, under no service: "We did loud ah's, fifteen of them"."""
    low = document.low
    verb = _DID.match(low, start, end) if sentence.gates & _DID_GATE else None
    if verb is None or not 2 <= low.count(" ", verb.end(), end) + 1 <= _LONGEST_NARRATED:
        return None
    if sentence.has(_CATEGORY, verb.end(), end) or _ONLY_COUNT.fullmatch(low, verb.end(), end):
        return None
    status = status_of(document, sentence, verb.end(), min(end, verb.end() + _FIRST_WORDS))
    kind = "exercise" if _REPS.search(low, verb.end(), end) else "functional_activity"
    return Activity(verb.end(), end, kind, status, True, sentence, guessed=True)


_DID: Final = folded(
    r"(?:today |then |so |first |next |after that )?(?:we|i|pt|patient|client|resident|student|she|he|"
    r"they)?(?: also| then)? ?"
    r"(?:did|worked on|practi[cs]ed|performed|completed|went through|ran through|rehearsed|drilled|trained (?:her|"
    r"him|pt|in|on)(?: to| in| on)?|"
    r"had (?:her|him) (?:do|work on|practi[cs]e)) (?!not\b|well|good|great|fine|ok|better|n't|this|that|it\b|all\b|"
    r"so\b|very|her hep|his hep|"
    r"home|today)"
)
_DID_GATE: Final = gate(_DID)
# How often, of what was named before: "then pt did 4 trials".
_ONLY_COUNT: Final = folded(
    r"(?:another |about )?(?:\d{1,3}|two|three|four|five|six|eight|ten|a few|several) (?:more |full |"
    r"good )?(?:trials?|reps|"
    r"repetitions|sets|times|rounds|attempts|tries|laps|trips|bouts|passes)(?: (?:each|total|more|of (?:it|this|that|"
    r"each)))?[^a-z]*"
)
_LONGEST_NARRATED: Final = 16  # words
_FIRST_WORDS: Final = 12  # code points of the words that open a phrase


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
    if _NOT_TASK.match(low, start, end):
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
    if _NOT_TASK.match(low, start) or _is_remark(low, sentence, start, end):
        return None
    return _guess(document, sentence, start, end, under)


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
    r"produced|repeated|answered)\b (?!and tolerat|to )[a-z]"
)
_GERUND_GATE: Final = gate(_GERUND)
_NOT_GERUND: Final = folded(
    r"(?:continuing|complaining|feeling|reporting|following|during|including|using|progressing|"
    r"improving|nothing|something|being|morning|evening|limiting|remaining|increasing|decreasing|"
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
    if sentence.has(_NO_TASK, start, min(end, start + _FIRST_WORDS)):
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
    document: Document, sentence: Sentence, start: int, end: int, under: Heading, reach: int = _FIRST_WORDS
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
        and not any(first < end and start < last for first, last in spans)
        and not (_NOT_TASK.match(low, start) or _SAID.match(low, start))
        and not (_BARE_MEASURE.match(low, start, end) or _MEASURED.search(low, start, end))
        and not _is_remark(low, sentence, start, end)
    )


_NOT_TASK: Final = folded(
    r"(?:for (?:community|safe|functional|return|work|home|public|the goal)\b|goal|stg|ltg|"
    r"progress|so (?:that |pt|ot|she|he|the)|when (?:he|she)|because|since\b|if\b|in order|"
    r"tolerat|patient will|pt will|needs?\b|needed\b|able to|unable|independent\b|no loss|less\b|"
    r"more\b|hop(?:e|es|ing)\b|expect|anticipat|(?:separate|distinct|different) (?:block|interval|time|period|part)\b|"
    r"waited|all of this|this\b|therapy dealt|functional mobility$|transfers$|mobility$)"
)
_SAID: Final = folded(r"(?:she|he|pt|patient|see|same|per|none|not|no|held|as|total|timed|min)\b")
_BARE_MEASURE: Final = folded(
    r"[a-z/ ]+[ :]-?\d+(?:[.-]\d+)?(?: ?(?:deg|degrees|s|sec|lb|cm|%))?(?: ?\([^)]*\))?(?: "
    r"(?:r|l|b))?$|[a-z ]+ \d+/\d+$|[a-z/ ]+ \d{1,3} ?%$"
)
_MEASURED: Final = folded(
    r"\b(?:was|is|are|were|remains?|wnl|wfl|\d/5|[+-]/5|neg(?:ative)?|pos(?:itive)?|antalgic|"
    r"limited|decreased|impaired|deviation|tender|reports?|denies|states?|reported|intact|normal|"
    r"delay|improved)\b"
)


def _is_remark(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """The part tells how, when, where or why, how often, or is a title: no task by itself."""
    return (
        low[end : end + 1] == ":"
        or _REMARK.match(low, start, end) is not None
        or _OFTEN.search(low, start, end) is not None
        or (_is_adjusted(low, sentence, start, end) and DOSE.search(low, start, end) is None)
        or sentence.has(_MODE, start, end)
    )


# Words that open a remark on how, where, when or why something was done, or on the patient: not on a task.
_REMARK: Final = folded(
    r"(?:(?:the |a |an )?(?:separate|distinct|different|second|further|same|new)\b|"
    r"(?:treatment|therapy|session|visit|service|interval|tx)s?\b|(?:provided|delivered|billed|given|supervised|"
    r"attended|observed|documented|seen|treated|recovered|returned|settled|continued?|cont)\b|"
    r"(?:performed|completed|done) (?:by|in|at|with|under|before|after)\b|(?:under|by|before|after|during|following|"
    r"prior|due|secondary|despite|although|though|given)\b|in (?:supine|prone|sitting|standing|side-?lying|hook-?lying|"
    r"long sit)\w*$|(?:seat|table|bed|chair|surface|bench|rail|counter) (?:height|set|at)\b|(?:door|chair|walker|rail|"
    r"frame)[a-z ]{0,16} in place$|(?:the )?(?:pt|patient|resident|client|she|he|student|child|spouse|wife|husband|"
    r"daughter|son|aide|caregiver) (?:needs?|requires?|wants?|will|can|could|is|was|has|had|did|does|still|may|"
    r"should)\b|(?:[a-z]+ )?(?:pta?|ota?|cota|otr|slp|lpta)\b(?! (?:assisted|guided))|(?:mr|mrs|ms|dr)\b)"
)
_OFTEN: Final = folded(
    r"\b(?:(?:\d(?:-\d)? ?x|twice|once|\d times|daily) ?(?:/|per|a|weekly) ?(?:wk|week|day|mo)?|"
    r"x ?\d{1,2} (?:more )?(?:wks?|weeks?|visits?|months?|sessions?|days)\b)"
)


def _is_adjusted(low: str, sentence: Sentence, start: int, end: int) -> bool:
    return sentence.gates & _ADJUSTED_GATE != 0 and _ADJUSTED.match(low, start, end) is not None


# A part of the set-up that was changed: "step height lowered to 4 in", "belt anchor moved back".
_ADJUSTED: Final = folded(
    r"(?![a-z]+ing\b)(?:[a-z-]+ ){1,3}(?:was |were )?(?:moved|raised|lowered|reduced|dropped|cut|changed|advanced|"
    r"upgraded|increased|decreased|added|removed|shortened|lengthened|swapped|switched|widened|narrowed|adjusted) "
    r"(?:back|up|down|to|from|by|in|out|at|once|when|after|as|so|because|until|closer|further|away)\b"
)
_ADJUSTED_GATE: Final = gate(_ADJUSTED)


def for_a_purpose(low: str, sentence: Sentence, place: int) -> bool:
    """What stands at ``place`` is told as what the treatment is for, not as what was done: "to improve strength and
    gait".
    """
    return sentence.gates & _PURPOSE_GATE != 0 and _PURPOSE.search(low, sentence.start, place) is not None


# A list of what the treatment is for: "to improve range, strength, and coordination".
_PURPOSE: Final = folded(
    r"\b(?:to (?:improve|increase|promote|address|maximi[sz]e|restore|facilitate|enhance|reduce|decrease)|for improved|"
    r"for increased) [^.;:]*$"
)
_PURPOSE_GATE: Final = gate(_PURPOSE)


class _Part(NamedTuple):
    """A part [start, end) of a sentence, its words that name an activity, the class they speak for, and the code of the
    service it is told under, "" for none.
    """

    low: str
    sentence: Sentence
    start: int
    end: int
    named: Sequence[Hit]
    kind: str
    code: str


def not_done(
    document: Document, sentence: Sentence, start: int, end: int, named: Sequence[Hit], kind: str, code: str
) -> bool:
    """The part only speaks of an activity: a measure, a symptom, a cue, a goal, a place."""
    part = _Part(document.low, sentence, start, end, named, kind, code)
    return any(tells(part) for tells in _SPEAK_OF_IT) or (
        DOSE.search(document.low, start, end) is None and any(tells(part) for tells in _SPEAK_OF_IT_UNDOSED)
    )


def _is_title(part: _Part) -> bool:
    return part.low[part.end - 1] == ":"


def _is_faint(part: _Part) -> bool:
    """Words that name an activity only beside a distance, an amount, a tool or a help, standing without one."""
    low, start, end = part.low, part.start, part.end
    return not (part.code and low.count(" ", start, end) > 1) and all(
        hit.mask & FAINT and not _AMOUNT.search(low, start, hit.start) and not _AMOUNT.search(low, hit.end, end)
        for hit in part.named
    )


_AMOUNT: Final = folded(r"\d|\bx\b|\bwith\b|\bfrom\b|\bto\b|\bon\b|\bfor\b")


def _opens_otherwise(part: _Part) -> bool:
    return _NOT_TASK.match(part.low, part.start) is not None


def _tells_arrival(part: _Part) -> bool:
    """How the patient came, or who brought her: not part of the treatment."""
    return part.sentence.gates & _ARRIVED_GATE != 0 and _ARRIVED.match(part.low, part.start, part.end) is not None


_ARRIVED: Final = folded(
    r"(?:(?:she|he|pt|patient|client|resident|they) )?(?:walked (?:in|over|here|to (?:the )?(?:clinic|gym|dept))|"
    r"came (?:in|by|from|with)|"
    r"drove (?:herself|himself|in|over|today)|rode (?:in|over)|(?:was )?(?:brought|wheeled|transported|escorted|"
    r"dropped off)) "
)
_ARRIVED_GATE: Final = gate(_ARRIVED)


def _opens_with_help(part: _Part) -> bool:
    """The part tells the help: "min A for stairs"."""
    opening = next((hit for hit in part.sentence.hits if hit.start >= part.start), None)
    return (
        opening is not None
        and opening.mask & LEVELS != 0
        and opening.start - part.start < _FIRST_WORDS
        and opening.end < part.end
        and part.kind != "assessment"
    )


def _is_place(part: _Part) -> bool:
    """The only word that names an activity is the name of a place."""
    if len(part.named) > 1:
        return False
    word = part.named[0]
    return any(hit.mask & _PLACE and hit.start <= word.start and word.end <= hit.end for hit in part.sentence.hits)


def _tells_purpose(part: _Part) -> bool:
    return all(for_a_purpose(part.low, part.sentence, hit.start) for hit in part.named)


def _is_deficit(part: _Part) -> bool:
    """An activity named in the name of a condition: "expressive language delay"."""
    return (
        not part.code
        and part.sentence.gates & _DEFICIT_GATE != 0
        and _DEFICIT.match(part.low, part.named[-1].end, part.end) is not None
    )


_DEFICIT: Final = folded(r"[ a-z]{0,16} (?:delay|disorder|deficits?|impairments?|dysfunction|difficult(?:y|ies))\b")
_DEFICIT_GATE: Final = gate(_DEFICIT)


def _is_narrated(part: _Part) -> bool:
    """What the therapist changed or decided, or a goal."""
    return part.sentence.gates & _NARRATED_GATE != 0 and (_NARRATED.search(part.low, part.start, part.end) is not None)


_NARRATED: Final = folded(
    r"\b(?:(?:(?:pt|ot|slp|therapist|clinician|i) (?:stopped|changed|built|had to|re-?set|took over|"
    r"moved|tried|raised|lowered|blocked|held|gave)|goal \d|is goal|g\d|stg|ltg|will not|stopped on|chosen|she came|"
    r"wants to)\b|fell (?:twice|on)|working toward)"
)
_NARRATED_GATE: Final = gate(_NARRATED)


def _is_of_start(part: _Part) -> bool:
    """The state before the treatment: "gait speed 0.4 at start"."""
    return part.sentence.gates & _EARLIER_GATE != 0 and (
        _EARLIER.search(part.low, max(part.start, part.end - _LONGEST_EARLIER), part.end) is not None
    )


_EARLIER: Final = folded(r"\b(?:before|pre|initially|at start|at baseline)$")
_EARLIER_GATE: Final = gate(_EARLIER)
_LONGEST_EARLIER: Final = len("at baseline")


def _is_adjustment(part: _Part) -> bool:
    return _is_adjusted(part.low, part.sentence, part.start, part.end)


def _is_faint_remark(part: _Part) -> bool:
    return all(hit.mask & FAINT for hit in part.named) and (_REMARK.match(part.low, part.start, part.end) is not None)


def _opens_with_symptom(part: _Part) -> bool:
    return _SYMPTOM_FIRST.match(part.low, part.start) is not None


_SYMPTOM_FIRST: Final = folded(
    r"(?:r |l |right |left )?(?:[a-z]+ )?(?:pain|ache|fatigue|tingling|dyspnea|soreness|numbness|"
    r"dizziness|heaviness|spo2|throat clear\w*|cough\w*|voice|wet voice)\b"
)


def _is_bare_measure(part: _Part) -> bool:
    """A name and its figure, "gait speed 0.6"; but "sit to stand 5" was done."""
    low, start, end = part.low, part.start, part.end
    return _BARE_MEASURE.match(low, start, end) is not None and low.find(" to ", start, end) < 0


def _is_condition(part: _Part) -> bool:
    """What the patient has, above the treatment."""
    return (
        not part.code
        and part.sentence.section in ("header", "note", "diagnosis")
        and part.sentence.has(BIT["condition"], part.start, part.end)
    )


def _is_measured(part: _Part) -> bool:
    """How well it was done, without a count."""
    low, start, end = part.low, part.start, part.end
    return (
        (not part.code or part.sentence.section == "objective")
        and part.kind in _MEASURABLE
        and _MEASURED.search(low, start, end) is not None
        and _REPS.search(low, start, end) is None
    )


_MEASURABLE: Final = frozenset({"gait", "neuromuscular", "exercise", "modality", "speech_language", "cognition"})
# What only speaks of an activity, whatever else the part tells.
_SPEAK_OF_IT: Final[tuple[Callable[[_Part], bool], ...]] = (
    _is_title,
    _is_faint,
    _opens_otherwise,
    _tells_arrival,
    _opens_with_help,
    _is_place,
)
# The same where no sets by repetitions are told.
_SPEAK_OF_IT_UNDOSED: Final[tuple[Callable[[_Part], bool], ...]] = (
    _tells_purpose,
    _is_deficit,
    _is_narrated,
    _is_of_start,
    _is_adjustment,
    _is_faint_remark,
    _opens_with_symptom,
    _is_bare_measure,
    _is_condition,
    _is_measured,
)
