"""Phrases: what one part of a sentence is, by its words: something done, a remark, a measure, a dose, or no activity.

The words that decide are patterns here and marks in the lexicon; where a phrase stands, and under which service, is
for ``activities`` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import msgspec

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.work.as_served import is_as_served, is_posture_of_swallowing

_FUNCTION, _PLACE = BIT["function"], BIT["place"]
#: Words that name an activity only beside something to do, a distance, an amount or a help.
FAINT: Final = BIT["faint"]
#: Sets by repetitions. One set of characters comes first: the search stops nowhere else.
DOSE: Final = folded(r"[\dx](?<=\b.)(?:(?<=x) ?\d{1,2}|(?<=\d)(?: ?x ?\d{1,2}|\d* reps)|(?<=[2-5]) sets)\b")
#: A count of what was done.
REPS: Final = folded(r"\d ?x ?\d|\b(?:x ?\d+|\d+ (?:reps|sets|trips|trials|times)|set-?up)\b")
#: Code points of the words that open a phrase.
FIRST_WORDS: Final = 12
#: What opens a purpose, a goal or a state, and no task.
NOT_TASK: Final = folded(
    r"(?:for (?:community|safe|functional|return|work|home|public|the goal)\b|goal|stg|ltg|"
    r"progress|so (?:that |pt|ot|she|he|the)|when\b|because|since\b|if\b|in order|"
    r"tolerat|patient will|pt will|needs?\b|needed\b|able to|unable|independent\b|no loss|less\b|"
    r"more\b|hop(?:e|es|ing)\b|expect|anticipat|(?:separate|distinct|different) (?:block|interval|time|period|part)\b|"
    r"waited|all of this|this\b|therapy dealt|functional mobility$|transfers$|mobility$)"
)
#: A name and its figure, and nothing else.
BARE_MEASURE: Final = folded(
    r"[a-z/ ]+[ :]-?\d+(?:[.-]\d+)?(?: ?(?:deg|degrees|s|sec|lb|cm|%))?(?: ?\([^)]*\))?(?: "
    r"(?:r|l|b))?$|[a-z ]+ \d+/\d+$|[a-z/ ]+ \d{1,3} ?%$"
)
#: Words of how something is, was or is said to be.
MEASURED: Final = folded(
    r"\b(?:was|is|are|were|remains?|wnl|wfl|\d/5|[+-]/5|neg(?:ative)?|pos(?:itive)?|antalgic|"
    r"limited|decreased|impaired|deviation|tender|reports?|denies|states?|reported|intact|normal|"
    r"delay|improved)\b"
)
#: Words that open a remark on how, where, when or why something was done, or on the patient: not on a task.
REMARK: Final = folded(
    r"(?:(?:the |a |an )?(?:separate|distinct|different|second|further|same|new)\b|"
    r"(?:treatment|therapy|session|visit|service|interval|tx)s?\b|(?:provided|delivered|billed|given|supervised|"
    r"attended|observed|documented|seen|treated|recovered|returned|settled|continued?|cont)\b|"
    r"(?:performed|completed|done) (?:by|in|at|with|under|before|after)\b|(?:under|by|before|after(?! (?:that|this|"
    r"which)\b)|during|following|"
    r"prior|due|secondary|despite|although|though|given)\b|in (?:supine|prone|sitting|standing|side-?lying|hook-?lying|"
    r"long sit)\w*$|(?:seat|table|bed|chair|surface|bench|rail|counter) (?:height|set|at)\b|(?:door|chair|walker|rail|"
    r"frame)[a-z ]{0,16} in place$|(?:the )?(?:pt|patient|resident|client|she|he|student|child|spouse|wife|husband|"
    r"daughter|son|aide|caregiver) (?:needs?|requires?|wants?|will|can|could|is|was|has|had|did|does|still|may|"
    r"should)\b|(?:[a-z]+ )?(?:pta?|ota?|cota|otr|slp|lpta)\b(?! (?:assisted|guided))|(?:mr|mrs|ms|dr)\b)"
)


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
    sure = [kind for kind, hit in zip(kinds, hits, strict=True) if not _measures_faintly(kind, hit)]
    if 0 < len(sure) < len(kinds) and _FIGURE.search(phrase) is None:  # "putty pinch" measures nothing
        kinds = sure
    expected = document.lexicon.codes.speaks_for.get(code, "")
    if "education" not in kinds and expected in ("", "speech_language") and is_posture_of_swallowing(document, phrase):
        return "speech_language"
    if "assessment" in kinds and not REPS.search(phrase):
        return "assessment"
    if is_as_served(expected, kinds[0], phrase):
        return expected
    if expected in kinds:
        return expected
    first = kinds[0]
    if expected == "cognition" and first in _DAILY and not _MOVES.search(phrase):
        return expected
    if first in ("exercise", "gait", "neuromuscular") and ("functional_activity" in kinds or "self_care" in kinds):
        return "functional_activity" if "functional_activity" in kinds else "self_care"
    if first == "exercise" and "manual" in kinds:
        return "manual"
    return first


def _measures_faintly(kind: str, hit: Hit) -> bool:
    """The word of a measure that other words may mean as work."""
    return kind == "assessment" and hit.mask & FAINT != 0


_FIGURE: Final = folded(r"\d ?(?:lbs?|kg|deg|cm|mm|#|%|/ ?\d)|\d[.,;)]*$|\d,? [rl]\b|\b[rl] \d")
_DAILY: Final = frozenset({"functional_activity", "self_care"})
# What is no work of the mind, under whatever service it is told.
_MOVES: Final = folded(
    r"\b(?:transfer|walk|lift|carry|carri|climb|stair|step|push|pull|reach|squat|stand|sit|roll|bend|kneel|balanc|dress|"
    r"bath|toilet|groom|feed|shower)"
)


def names_a_task(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """A word of daily life or a place stands in the phrase; the bare name of a motion or a posture is none."""
    for hit in sentence.hits:
        if start <= hit.start < end and hit.mask & (_FUNCTION | _PLACE):
            said = hit.values.get("activity", "functional_activity")
            if said in ("functional_activity", "gait") and not is_motion(document.low, hit):
                return True
    return False


def walks_with_a_task(sentence: Sentence, start: int, end: int) -> bool:
    """Something of daily life stands beside the walking: "up the back stairs with the mail bag"."""
    return any(
        start <= hit.start < end
        and hit.mask & (_FUNCTION | _PLACE) == _FUNCTION
        and "activity" not in hit.values
        and _OF_WALKING.search(sentence.low, hit.start, hit.end) is None
        for hit in sentence.hits
    )


# What walking is made with and over.
_OF_WALKING: Final = folded(
    r"\b(?:hand ?)?(?:rails?|bars?|walkers?|rollator|canes?|crutch|wheelchair|chair|steps?|stairs?|flights?|hall|"
    r"corridor|floor|carpet|door|outdoors?|outside|community|mobility|ambulat|gait|walk|ramp|curb|surface|terrain|"
    r"sidewalk|distance|line|belt)"
)


def is_motion(low: str, hit: Hit) -> bool:
    """The bare name of a motion, a posture or where it is made."""
    return _MOTION.fullmatch(low, hit.start, hit.end) is not None


_MOTION: Final = folded(
    r"(?:(?:side|lateral)[ -])?(?:push|pull|reach|step|bend|turn|walk|stand|sit|squat|lift|kneel)(?:s|es|ing|ping|"
    r"ting)?|"
    r"seated|overhead|"
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
    r"banded\b|(?:yellow|red|green|blue|black|orange|silver)(?: thera-?| t| resistance)?[ -]?(?:band|tubing|tb)s?\b|"
    r"(?:thera-?band|series)\b)"
)


def is_adjusted(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """A part of the set-up was changed."""
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
    if low.endswith(_TICKS, 0, start):
        return False
    return not (part.code and low.count(" ", start, end) > 1) and all(
        hit.mask & FAINT and not _AMOUNT.search(low, start, hit.start) and not _AMOUNT.search(low, hit.end, end)
        for hit in part.named
    )


_TICKS: Final = ("[x] ", "[x]", "(x) ", "☒ ", "☑ ", "✓ ")  # a form's own word that it was done
_AMOUNT: Final = folded(r"\d|\bx\b|\bwith\b|\bfrom\b|\bto\b|\bon\b|\bfor\b")


def _opens_otherwise(part: _Part) -> bool:
    return NOT_TASK.match(part.low, part.start) is not None


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
        and opening.start - part.start < FIRST_WORDS
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
    return is_adjusted(part.low, part.sentence, part.start, part.end)


def _is_faint_remark(part: _Part) -> bool:
    return all(hit.mask & FAINT for hit in part.named) and (REMARK.match(part.low, part.start, part.end) is not None)


def _opens_with_symptom(part: _Part) -> bool:
    return _SYMPTOM_FIRST.match(part.low, part.start) is not None


_SYMPTOM_FIRST: Final = folded(
    r"(?:r |l |right |left )?(?:[a-z]+ )?(?:pain|ache|fatigue|tingling|dyspnea|soreness|numbness|"
    r"dizziness|heaviness|spo2|throat clear\w*|cough\w*|voice|wet voice)\b"
)


def _is_bare_measure(part: _Part) -> bool:
    """A name and its figure, "gait speed 0.6"; but "sit to stand 5" was done."""
    low, start, end = part.low, part.start, part.end
    return BARE_MEASURE.match(low, start, end) is not None and low.find(" to ", start, end) < 0


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
        and MEASURED.search(low, start, end) is not None
        and REPS.search(low, start, end) is None
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
