"""Phrases: what one part of a sentence is, by its words: something done, a remark, a measure, a dose, or no activity.

The words that decide are patterns here and marks in the lexicon; where a phrase stands, and under which service, is
for ``activities`` to say.
"""

from __future__ import annotations

from typing import Final

import msgspec

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.document import Document
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT, Hit
from quarterhour.notes.patterns import folded
from quarterhour.notes.status import status_of

_CATEGORY, _PLACE = BIT["category"], BIT["place"]
_LEVEL: Final = BIT["assist"] | BIT["cue"]
_FUNCTION: Final = BIT["function"]
_MODE: Final = BIT["one_on_one"] | BIT["group"]
# Words that name an activity only beside something to do, a distance, an amount or a help.
FAINT: Final = BIT["faint"]
_AMOUNT: Final = folded(r"\d|\bx\b|\bwith\b|\bfrom\b|\bto\b|\bon\b|\bfor\b")
_GERUND: Final = folded(
    r"(?:\(?\d\)? )?(?:(?:she|he|we|pt|patient|client|resident|ms\. \w+|mr\. \w+|mrs\. \w+)"
    r" )?(?:[a-z]+ly )?(?:[a-z]{3,}ing|made|gathered|washed|copied|cleared|wiped|folded|loaded|"
    r"emptied|sorted|practiced|practised|carried|lifted|retrieved|donned|doffed|prepared|opened|"
    r"poured|stacked|packed|unpacked|set the|swept|peeled|wrote|cut|matched|named|described|"
    r"produced|repeated|answered)\b (?!and tolerat|to )[a-z]"
)
_NOT_GERUND: Final = folded(
    r"(?:continuing|complaining|feeling|reporting|following|during|including|using|progressing|"
    r"improving|nothing|something|being|morning|evening|limiting|remaining|increasing|decreasing|"
    r"requiring|needing|having|wearing|showing|hearing|treating|supervising|referring|correcting|"
    r"finding|breathing hard|resting|making (?:\w+ )?(?:gains|progress)|"
    r"doing (?:better|well|fine|ok|good)|getting (?:better|stronger|there)|coming along|"
    r"running (?:late|behind|over|short|out|low))\b"
)
_REPS: Final = folded(r"\d ?x ?\d|\b(?:x ?\d+|\d+ (?:reps|sets|trips|trials|times)|set-?up)\b")
# Sets by repetitions. One set of characters comes first: the search stops nowhere else.
DOSE: Final = folded(r"[\dx](?<=\b.)(?:(?<=x) ?\d{1,2}|(?<=\d)(?: ?x ?\d{1,2}|\d* reps)|(?<=[2-5]) sets)\b")
_MEASURED: Final = folded(
    r"\b(?:was|is|are|were|remains?|wnl|wfl|\d/5|[+-]/5|neg(?:ative)?|pos(?:itive)?|antalgic|"
    r"limited|decreased|impaired|deviation|tender|reports?|denies|states?|reported|intact|normal|"
    r"delay|improved)\b"
)
_BARE_MEASURE: Final = folded(
    r"[a-z/ ]+[ :]-?\d+(?:[.-]\d+)?(?: ?(?:deg|degrees|s|sec|lb|cm|%))?(?: ?\([^)]*\))?(?: "
    r"(?:r|l|b))?$|[a-z ]+ \d+/\d+$|[a-z/ ]+ \d{1,3} ?%$"
)
_NOT_TASK: Final = folded(
    r"(?:for (?:community|safe|functional|return|work|home|public|the goal)\b|goal|stg|ltg|"
    r"progress|so (?:that |pt|ot|she|he|the)|when (?:he|she)|because|since\b|if\b|in order|"
    r"tolerat|patient will|pt will|needs?\b|needed\b|able to|unable|independent\b|no loss|less\b|"
    r"more\b|hop(?:e|es|ing)\b|expect|anticipat|(?:separate|distinct|different) (?:block|interval|time|period|part)\b|"
    r"waited|all of this|this\b|therapy dealt|functional mobility$|transfers$|mobility$)"
)
_NARRATED: Final = folded(
    r"\b(?:(?:(?:pt|ot|slp|therapist|clinician|i) (?:stopped|changed|built|had to|re-?set|took over|"
    r"moved|tried|raised|lowered|blocked|held|gave)|goal \d|is goal|g\d|stg|ltg|will not|stopped on|chosen|she came|"
    r"wants to)\b|fell (?:twice|on)|working toward)"
)
_SYMPTOM_FIRST: Final = folded(
    r"(?:r |l |right |left )?(?:[a-z]+ )?(?:pain|ache|fatigue|tingling|dyspnea|soreness|numbness|"
    r"dizziness|heaviness|spo2|throat clear\w*|cough\w*|voice|wet voice)\b"
)
_MEASURABLE: Final = frozenset({"gait", "neuromuscular", "exercise", "modality", "speech_language", "cognition"})
_SAID: Final = folded(r"(?:she|he|pt|patient|see|same|per|none|not|no|held|as|total|timed|min)\b")
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
# A part of the set-up that was changed: "step height lowered to 4 in", "belt anchor moved back".
_ADJUSTED: Final = folded(
    r"(?![a-z]+ing\b)(?:[a-z-]+ ){1,3}(?:was |were )?(?:moved|raised|lowered|reduced|dropped|cut|changed|advanced|"
    r"upgraded|increased|decreased|added|removed|shortened|lengthened|swapped|switched|widened|narrowed|adjusted) "
    r"(?:back|up|down|to|from|by|in|out|at|once|when|after|as|so|because|until|closer|further|away)\b"
)
_OFTEN: Final = folded(
    r"\b(?:(?:\d(?:-\d)? ?x|twice|once|\d times|daily) ?(?:/|per|a|weekly) ?(?:wk|week|day|mo)?|"
    r"x ?\d{1,2} (?:more )?(?:wks?|weeks?|visits?|months?|sessions?|days)\b)"
)
_EARLIER: Final = folded(r"\b(?:before|pre|initially|at start|at baseline)$")
# How the patient came, or who brought her: not part of the treatment.
_ARRIVED: Final = folded(
    r"(?:(?:she|he|pt|patient|client|resident|they) )?(?:walked (?:in|over|here|to (?:the )?(?:clinic|gym|dept))|"
    r"came (?:in|by|from|with)|"
    r"drove (?:herself|himself|in|over|today)|rode (?:in|over)|(?:was )?(?:brought|wheeled|transported|escorted|"
    r"dropped off)) "
)
_LONGEST_EARLIER: Final = len("at baseline")
# Strengthening by its dose: sets by repetitions, a weight by repetitions, a band of a colour, a series.
STRENGTHENS: Final = folded(
    r"\b(?:[1-6] ?x ?\d{1,2}\b(?! ?(?:ft|feet|min|sec|s\b|m\b|trials|trips))|[1-6] sets\b|"
    r"\d{1,3} ?(?:lbs?|#|kg)[ ,]*(?:x|for) ?\d|(?:y|r|g|b|bl|or)tb\b|"
    r"(?:yellow|red|green|blue|black|orange|silver)(?: thera-?| t| resistance)?[ -]?(?:band|tubing|tb)s?\b|"
    r"(?:thera-?band|series)\b)"
)
_GERUND_GATE, _NARRATED_GATE, _ADJUSTED_GATE = gate(_GERUND), gate(_NARRATED), gate(_ADJUSTED)
_EARLIER_GATE, _ARRIVED_GATE = gate(_EARLIER), gate(_ARRIVED)


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


def guess(document: Document, sentence: Sentence, start: int, end: int, under: Heading, reach: int) -> Activity:
    """A phrase without a known word: an exercise by its dose, or of the class of the service it is told under.
    ``reach`` is how much of its opening tells its status.
    """
    kind = document.lexicon.codes.speaks_for.get(under.code, "unspecified")
    if (
        kind in ("functional_activity", "self_care")
        and STRENGTHENS.search(document.low, start, end)
        and not names_a_task(document, sentence, start, end)
    ):
        kind = "exercise"
    status = status_of(document, sentence, start, min(end, start + reach))
    code, label = (under.code, under.start) if under.told else ("", -1)
    return Activity(start, end, kind, status, True, sentence, code, label, True)


def names_a_task(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """A word of daily life or a place stands in the phrase; the bare name of a motion or a posture is none."""
    for hit in sentence.hits:
        if start <= hit.start < end and hit.mask & (_FUNCTION | _PLACE):
            said = hit.values.get("activity", "functional_activity")
            if said in ("functional_activity", "gait") and not MOTION.fullmatch(document.low, hit.start, hit.end):
                return True
    return False


MOTION: Final = folded(
    r"(?:push|pull|reach|step|bend|turn|walk|stand|sit|squat|lift|kneel)(?:s|es|ing|ping|ting)?|seated|overhead|"
    r"floor|bench|bike|line"
)


def _remark(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """The part tells how, when, where or why, how often, or is a title: no task by itself."""
    low = document.low
    if low[end : end + 1] == ":" or _REMARK.match(low, start, end) is not None:
        return True
    if _OFTEN.search(low, start, end) is not None or (
        sentence.gates & _ADJUSTED_GATE
        and _ADJUSTED.match(low, start, end) is not None
        and DOSE.search(low, start, end) is None
    ):
        return True
    return bool(sentence.mask & _MODE) and any(hit.mask & _MODE and start <= hit.start < end for hit in sentence.hits)


_SLOT: Final = folded(
    r"(?:\d{5}|\)|min(?:utes?)?\.?|activit(?:y|ies)|exercises?|acts?|ex|therapy|training|re-ed(?:ucation)?|"
    r"self-care|group|individual|x ?\d\d) ?(?::|-{1,2}) ?[*-]? ?$"
)
_SLOT_ENDS: Final = ":-* \n"  # how a slot ends, a line end behind it


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


def narrated(document: Document, sentence: Sentence, start: int, end: int) -> Activity | None:
    """A part told with a verb of doing, under no service: "We did loud ah's, fifteen of them"."""
    verb = _DID.match(document.low, start, end) if sentence.gates & _DID_GATE else None
    if verb is None or not 2 <= document.low.count(" ", verb.end(), end) + 1 <= 16:
        return None
    if any(hit.mask & _CATEGORY for hit in sentence.hits if verb.end() <= hit.start < end):
        return None
    if _ONLY_COUNT.fullmatch(document.low, verb.end(), end):
        return None
    status = status_of(document, sentence, verb.end(), min(end, verb.end() + 12))
    kind = "exercise" if _REPS.search(document.low, verb.end(), end) else "functional_activity"
    return Activity(verb.end(), end, kind, status, True, sentence, guessed=True)


def described(document: Document, sentence: Sentence, start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """The part stands where a service is described, directly after its label: "97535: jacket on and off with zip
    ring".
    """
    low = document.low
    if (
        sentence.dates
        or not low[start].isalpha()
        or low[start - 1] not in _SLOT_ENDS
        or _SLOT.search(low, max(sentence.start, start - 22), start) is None
        or not 2 <= len(low[start:end].split()) <= 14
        or _remark(document, sentence, start, end)
    ):
        return False
    if (
        any(first < end and start < last for first, last in spans)
        or _NOT_TASK.match(low, start)
        or _BARE_MEASURE.match(low, start, end)
    ):
        return False
    if _MEASURED.search(low, start, end) or _SAID.match(low, start):
        return False
    return not any(
        hit.mask & (_LEVEL | BIT["symptom"] | BIT["stock_response"] | _PLACE) and hit.start < start + 12
        for hit in sentence.hits
        if start <= hit.start < end
    )


def siblings(
    document: Document,
    sentence: Sentence,
    unknown: list[tuple[int, int, Heading]],
    spans: list[tuple[int, int]],
) -> list[Activity]:
    """Parts without a known word in a list whose other parts are activities: "bridges 3x10, clams 2x15, cone p/u"."""
    low = document.low
    found: list[Activity] = []
    for start, end, under in unknown:
        size = len(low[start:end].split())
        named = any(hit.mask & FAINT and start <= hit.start < end for hit in sentence.hits)
        if not (1 if named else 2) <= size <= 7 or any(first < end and start < last for first, last in spans):
            continue
        if any(
            hit.mask & (_LEVEL | BIT["symptom"] | BIT["stock_response"] | _PLACE)
            for hit in sentence.hits
            if start <= hit.start < end
        ):
            continue
        if (
            _MEASURED.search(low, start, end)
            or _NOT_TASK.match(low, start)
            or _BARE_MEASURE.match(low, start, end)
            or _SAID.match(low, start)
            or _VERBISH.search(low, start, end)
            or not low[start].isalpha()
            or _remark(document, sentence, start, end)
            or for_a_purpose(low, sentence, start)
        ):
            continue
        found.append(guess(document, sentence, start, end, under, 10))
    return found


# A list of what the treatment is for: "to improve range, strength, and coordination".
_PURPOSE: Final = folded(
    r"\b(?:to (?:improve|increase|promote|address|maximi[sz]e|restore|facilitate|enhance|reduce|decrease)|for improved|"
    r"for increased) [^.;:]*$"
)


def for_a_purpose(low: str, sentence: Sentence, place: int) -> bool:
    """What stands at ``place`` is told as what the treatment is for, not as what was done: "to improve strength and
    gait".
    """
    return sentence.gates & _PURPOSE_GATE != 0 and _PURPOSE.search(low, sentence.start, place) is not None


_PURPOSE_GATE: Final = gate(_PURPOSE)
_VERBISH: Final = folded(
    r"\b(?:she|he|pt|patient|i|her|his|because|which|so|after|until|per round|falling|min|minutes|"
    r"each|both|none|unit|charge|break|rest)\b"
)


def not_done(
    document: Document, sentence: Sentence, start: int, end: int, real: list[Hit], kind: str, body: str
) -> bool:
    """The part only speaks of an activity: a measure, a symptom, a cue, a goal, a place."""
    low = document.low
    if low[end - 1] == ":" or (
        all(_faint(low, hit, start, end) for hit in real) and not (body and low.count(" ", start, end) > 1)
    ):
        return True
    dosed = DOSE.search(low, start, end) is not None
    if not dosed and all(for_a_purpose(low, sentence, hit.start) for hit in real):
        return True
    if not body and not dosed and sentence.gates & _DEFICIT_GATE and _DEFICIT.match(low, real[-1].end, end):
        return True
    if (
        _NOT_TASK.match(low, start)
        or (sentence.gates & _ARRIVED_GATE and _ARRIVED.match(low, start, end))
        or (not dosed and sentence.gates & _NARRATED_GATE and _NARRATED.search(low, start, end))
    ):
        return True
    if not dosed and (
        (sentence.gates & _EARLIER_GATE and _EARLIER.search(low, max(start, end - _LONGEST_EARLIER), end))
        or (sentence.gates & _ADJUSTED_GATE and _ADJUSTED.match(low, start, end))
        or (all(hit.mask & FAINT for hit in real) and _REMARK.match(low, start, end))
    ):
        return True
    if not dosed and (
        _SYMPTOM_FIRST.match(low, start) or (_BARE_MEASURE.match(low, start, end) and low.find(" to ", start, end) < 0)
    ):
        return True
    opening = next((hit for hit in sentence.hits if hit.start >= start), None)
    if (
        opening is not None
        and opening.mask & _LEVEL
        and opening.start - start < 12
        and opening.end < end
        and kind != "assessment"
    ):
        return True
    if (
        any(hit.mask & _PLACE and hit.start <= real[0].start and real[0].end <= hit.end for hit in sentence.hits)
        and len(real) == 1
    ):
        return True
    if (
        any(hit.mask & BIT["condition"] and start <= hit.start < end for hit in sentence.hits)
        and sentence.section in ("header", "note", "diagnosis")
        and not dosed
        and not body
    ):
        return True
    if dosed or kind not in _MEASURABLE or _MEASURED.search(low, start, end) is None or _REPS.search(low, start, end):
        return False
    return not body or sentence.section == "objective"


# An activity named in the name of a condition: "expressive language delay".
_DEFICIT: Final = folded(r"[ a-z]{0,16} (?:delay|disorder|deficits?|impairments?|dysfunction|difficult(?:y|ies))\b")
_DEFICIT_GATE: Final = gate(_DEFICIT)


def _faint(low: str, hit: Hit, start: int, end: int) -> bool:
    """A word that names an activity only beside a distance, an amount, a tool or a help, standing without one."""
    if not hit.mask & FAINT:
        return False
    return _AMOUNT.search(low, start, hit.start) is None and _AMOUNT.search(low, hit.end, end) is None


def class_of(document: Document, hits: list[Hit], body: str, phrase: str) -> str:
    """The class a phrase with these marked words speaks for; where they allow several, that of its service ``body``."""
    kinds = ["speech_language" if hit.values["activity"] == "swallow" else hit.values["activity"] for hit in hits]
    expected = document.lexicon.codes.speaks_for.get(body, "")
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


# What a category is told to consist of: "therapeutic activities including simulated bus boarding".
_INCLUDING: Final = folded(
    r",? (?:incl(?:uding|udes?|\.)?|to include|such as|e\.g\.,?|consisting of|consisted of|in the form of|i\.e\.,?) "
)


def open_phrase(
    document: Document,
    sentence: Sentence,
    start: int,
    end: int,
    under: Heading,
    inside: list[Hit],
    spans: list[tuple[int, int]],
) -> Activity | None:
    """A phrase without a known word: a task told with a verb, or a dose, in the description of a service; or a mere
    category.
    """
    low = document.low
    category = next((hit for hit in inside if hit.mask & _CATEGORY), None)
    named = _INCLUDING.match(low, category.end, end) if category is not None else None
    if named is not None and low.count(" ", named.end(), end):
        return guess(document, sentence, named.end(), end, under, 12)
    if category is not None and not _NOT_TASK.match(low, start, end):
        status = status_of(document, sentence, category.start, category.end)
        word = low[category.start : category.end]
        kind = (
            "exercise"
            if category.values["category"] == "exercise"
            and not any(mark in word for mark in ("per", "see", "log", "sheet"))
            else "unspecified"
        )
        code, label = (under.code, under.start) if under.told else ("", -1)
        return Activity(start, end, kind, status, False, sentence, code, label)
    if not under.code or end - start < 8 or end - start > 160 or any(first <= start < last for first, last in spans):
        return None
    dosed = (
        DOSE.search(low, start, end) is not None
        and low[start].isalpha()
        and not any(hit.mask & _LEVEL for hit in sentence.hits if start <= hit.start < end)
    )
    if not dosed and (
        not sentence.gates & _GERUND_GATE or not _GERUND.match(low, start, end) or _NOT_GERUND.match(low, start)
    ):
        return None
    if _NOT_TASK.match(low, start) or _remark(document, sentence, start, end):
        return None
    return guess(document, sentence, start, end, under, 12)
