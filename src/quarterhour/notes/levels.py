"""One level of assistance or cue: whether a phrase of the lexicon is one, what it is, and when it was given."""

from __future__ import annotations

from typing import Final

import msgspec

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.clauses import Sentence
from quarterhour.notes.document import Document
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.patterns import folded
from quarterhour.notes.status import status_of

_COMPARE, _GOAL = BIT["compare"], BIT["goal"]
#: A word of something to do, by which a level is tied to a task.
TASK: Final = BIT["activity"] | BIT["function"]
#: Sections that tell no help given in this visit.
SKIPPED: Final = frozenset({"goals", "plan", "history", "home_program", "subjective", "signature", "diagnosis"})
_RETOLD: Final = frozenset({"assessment", "progress", "rationale", "response"})
_NOT_PATIENT: Final = folded(
    r"(?:pta|cota|assistant|student|line of sight) (?:the )?(?:\w+ )?$|(?:home (?:exercise )?program|"
    r"hep|exercise)[ :]+$"
)
_NOT_PATIENT_GATE: Final = gate(_NOT_PATIENT)
_NOT_LEVEL_AFTER: Final = folded(
    r" (?:home (?:exercise )?program|hep|living|of (?:a |the )?(?:pt|ot|slp|therapist)|"
    r"side|variable|joint|night|day|week|session|visit|in (?:his|her) (?:hep|home program)|with (?:hep|home program|"
    r"home exercise)"
    r"|evaluation)\b"
)
NONE_GIVEN: Final = folded(
    r"\b(?:no(?! more than $)|without|w/o|zero|0|never needs?|did not (?:need|require)|didn't need|not need|"
    r"needed no|needing no|free of)(?: \w+){0,3} $|\bno further $"
)
_CUE_BEFORE: Final = folded(
    r"(?:\b(?:the|external|skilled|self|self-|type of|this|that|which|each|same|sound|any|visual|"
    r"cue|auditory) |[-])$"
)
_CUE_AFTER: Final = folded(
    r" (?:phrase|type|went (?:out|down|up)|were (?:dropped|removed|withdrawn|moved|changed|kept)|was (?:dropped|"
    r"removed|withdrawn|kept)|stays|again|easy|was changed|faded|card|fading|dependen|hierarchy|moved|for \w+ faded)"
)
_QUANTITY: Final = folded(
    r"(?:(?<!x )(?<!\d)\b(?:\d{1,2}|\d{1,3}%|one|two|three|four|five|six|seven|eight|a|occasional|intermittent|"
    r"min(?:imal)?|mod(?:erate)?|max(?:imal)?|frequent|constant|consistent|repeated|few|several|"
    r"rare|initial) ){1,2}$"
)


#: A level told beside that of another day: today's, where it is told nowhere else.
RETOLD: Final = "retold"


class Assistance(msgspec.Struct, frozen=True, gc=False):
    """A level or cue at [start, end); ``tied`` when the words around tell the task or the amount."""

    level: str
    start: int
    end: int
    status: str
    tied: bool
    sentence: Sentence


#: A sentence without a stop may be as long as the note; so many code points of it around a level are about the level.
_REACH: Final = 400
CRITERION: Final = folded(
    r"[^.;\n]{0,60}?\bby (?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|discharge|d/c)"
)


def read_level(document: Document, sentence: Sentence, hit: Hit) -> Assistance | None:
    """The level or cue that ``hit`` is, None where it is none."""
    low = document.low
    level = hit.values.get("assist") or hit.values["cue"]
    before = low[max(sentence.start, hit.start - 44) : hit.start]
    if level == "supervision" and low.startswith(" for ", hit.end) and low.endswith("watched", 0, hit.end):
        return None  # what the therapist looked for: "I watched for the finger to lag"
    if level == "supervision" and low.startswith(" by ", hit.end) and _BY_THEN.match(low, hit.end) is None:
        return None
    if "\n" in low[hit.start : hit.end] and (low[hit.start - 2 : hit.start - 1].isdigit() or low[hit.end] == ":"):
        return None  # "29 min", and the assessment below it: "A: ..."
    if (
        _NOT_LEVEL_AFTER.match(low, hit.end)
        or (sentence.gates & _NOT_PATIENT_GATE and _NOT_PATIENT.search(before))
        or _ITEM_LETTER.match(low, hit.start)
    ):
        return None
    if low.startswith(("a x", "ax"), hit.start) and before.endswith(("min ", "mod ", "max ", "min-", "mod-", "max-")):
        return None  # "Mod A x 2": the hit before holds it
    if low[hit.end - 2 : hit.end] == "tc" and _FIGURE_AFTER.match(low, hit.end):
        return None  # "TC 40": timed codes
    if "  " in low[hit.start : hit.end] or "\t" in low[hit.start : hit.end]:
        return None  # headings of two columns: "MIN   ASSIST"
    if level == "setup" and (
        _SET_UP.search(before) or low.startswith(_MADE_OF, hit.end) or _PUT_UP.match(low, hit.end)
    ):
        return None
    if CRITERION.match(low, hit.end):
        return None  # what a goal asks for: "no help, by 12/03"
    start, end = hit.start, hit.end
    quantity = _QUANTITY.search(before)
    if quantity is not None:
        start = hit.start - len(quantity[0])
    if "cue" in hit.values:
        if NONE_GIVEN.search(before) or _WITHDRAWN.match(low, hit.end) or _UNSEEN.search(before):
            return None
        if level == "cues":
            served = _SERVES.search(before)
            if served is not None:
                kind = _served(served["thing"])
                status = status_of(document, sentence, hit.start, hit.end)
                return Assistance(kind, hit.start - len(served[0]), hit.end, status, True, sentence)
            if (_CUE_BEFORE.search(before) and not _NAMED_CUE.search(before)) or _CUE_AFTER.match(low, hit.end):
                return None
            counted = _COUNT_AFTER.match(low, hit.end, sentence.end)
            if counted is None and _LABEL_AFTER.match(low, hit.end) and not _closes(low, sentence, hit):
                return None
            if _SAID_AFTER.match(low, hit.end, sentence.end):
                level = "verbal_cues"
            word = low[hit.start : hit.end]
            if counted is not None:
                end = counted.end()
            if (
                word in ("cue", "cues", "cueing", "cuing", "cued")
                and (quantity is not None or counted is not None or _ASKED.match(low, hit.end))
            ) or ((counted or quantity) is not None and word in _SPOKEN):
                level = "verbal_cues"
        if level == "cues" and _NAMED_CUE.search(before):
            level = "verbal_cues"
        told = (
            level == "verbal_cues"
            or quantity is not None
            or end > hit.end
            or _GIVEN.search(before)
            or _GIVEN_AFTER.match(low, hit.end)
        )
        if level == "cues" and not told:
            return Assistance(level, start, end, "uncertain", False, sentence)
    elif level == "independent":
        if _NOT_YET.search(before):
            return None
    elif level == "supervision" and _CLINICIAN.match(low, hit.end, hit.end + 24):
        return None
    elif NONE_GIVEN.search(before):
        # "cannot rise without mod A" tells what was needed
        if _CANNOT.search(low, max(sentence.start, hit.start - _REACH), hit.start) is None:
            return None
        return Assistance(level, start, end, PERFORMED, True, sentence)
    status = _status(document, sentence, hit, level, (start, end), before)
    return Assistance(level, start, end, status, _tied(document, sentence, hit, quantity is not None, level), sentence)


def _closes(low: str, sentence: Sentence, hit: Hit) -> bool:
    """Cues told as given close a sentence, and are no label of what follows: "kept up to the end, prompts given"."""
    opening = low[sentence.start : hit.start].rstrip()
    return opening.endswith((",", ";", " and", " with")) and _WERE_GIVEN.match(low, hit.end) is not None


def _status(document: Document, sentence: Sentence, hit: Hit, level: str, span: tuple[int, int], before: str) -> str:
    """The status of a level at ``span``, whose phrase is ``hit``; ``before`` is what stands before it."""
    low = document.low
    start, end = span
    status = status_of(document, sentence, hit.start, hit.end)
    if status != PERFORMED:
        return status
    if _is_earlier(low, sentence, hit, before):
        return "prior_visit"
    if ("cue" in hit.values and _COUNT_WAS.match(low, end, sentence.end)) or is_skilled(before, low, end):
        return "uncertain"
    if sentence.section in SKIPPED:
        return "planned" if sentence.section in ("goals", "plan") else "prior_visit"
    if sentence.mask & _GOAL and _in_goal(document, sentence, hit):
        return "planned"
    if level in ("independent", "modified_independent"):
        told_before = _FUTURE.search(before)
        if told_before is not None and not _BECAME.search(before):
            return "planned"
    from_level = before.endswith("from ")
    if (from_level or document.summary) and _TO_LEVEL.match(low, hit.end):
        return PERFORMED if from_level and _SAME_VISIT.match(low, hit.end, sentence.end) else "prior_visit"
    dated = _DAY_AFTER.match(low, hit.end)
    if dated is not None and any(date.start == dated.start(1) for date in sentence.dates):
        return "prior_visit"
    if _of_that_day(document, sentence, hit):
        return "prior_visit"
    if _BESIDE_NOW.search(before):
        return "prior_visit"
    if any(document.is_past(date) and _THAT_DAY.fullmatch(low, hit.end, date.start) for date in sentence.dates):
        return "prior_visit"
    if _MISTOLD.search(before):
        return "self_corrected"
    if sentence.mask & BIT["boilerplate"] and not sentence.has_number and level not in _HANDS_ON:
        return "uncertain"
    if sentence.section == "note" and sentence.mask & _COMPARE and _EARLIER.match(low, hit.end, sentence.end):
        return RETOLD
    if low.endswith(("->", "-> "), 0, start) and not _IN_VISIT.match(low, hit.end):
        return "uncertain"
    if end == hit.end and sentence.section in _RETOLD and (sentence.mask & _COMPARE or sentence.dates):
        return "prior_visit" if _WAS.search(before) else RETOLD
    return PERFORMED


# "three on 10/28, all of those with moderate assist": the level is of what was counted on that day.
_THOSE: Final = folded(r"[,;(]? ?(?:and )?(?:all|each|both|every|most|those|these|they)\b(?!.*today)[^.;,]{0,20}")
_THEN_ENDS: Final = folded(r" (?:then|that day|at that time)(?=[.;,)\n]|$)")  # "2 on 5/6; mod A then"


def _of_that_day(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """The level points back to another day told before it in the sentence."""
    dayless = document.service_day is None
    told = [date.end for date in sentence.dates if date.end <= hit.start and (dayless or document.is_past(date))]
    return bool(told) and (
        _THOSE.fullmatch(document.low, told[-1], hit.start) is not None
        or _THEN_ENDS.match(document.low, hit.end, sentence.end + 1) is not None
    )


def _is_earlier(low: str, sentence: Sentence, hit: Hit, before: str) -> bool:
    """The level is told as that of the start beside today's: "(was CGA)", "mod A at start, SBA now"."""
    if before.endswith("(was "):
        return True
    if not sentence.gates & _BY_NOW_GATE or _BY_NOW.search(low, hit.end, min(sentence.end, hit.end + _REACH)) is None:
        return False
    if _AT_START.match(low, hit.end, sentence.end):
        return True
    first = not any(other.mask & LEVELS for other in sentence.hits if other.end <= hit.start)
    return first and _FROM_START.search(before) is not None


def is_skilled(before: str, low: str, end: int) -> bool:
    """A cue that ends at ``end`` is only called skilled, without a count: "skilled verbal and tactile cueing"."""
    return _SKILLED.search(before) is not None and _COUNTED.match(low, end) is None


# "mod A at start, SBA now": the earlier state of a course of treatment.
_AT_START: Final = folded(r"[^.;,\n]{0,40} at (?:the )?(?:start|baseline|first|soc|eval\w*|admission)\b")
_FROM_START: Final = folded(r"\bat (?:the )?(?:start|baseline|first|soc|eval\w*|admission),? (?:\w+ ){0,3}$")
_BY_NOW: Final = folded(r"\b(?:now|today|currently|at (?:discharge|present|dc|d/c|(?:the )?end))\b")
_BY_NOW_GATE: Final = gate(_BY_NOW)
_SKILLED: Final = folded(r"\bskilled (?:[a-z/]+,? (?:and )?){0,4}$")
_COUNTED: Final = folded(r"[^.;\n]{0,24}?\d")
_UNSEEN: Final = folded(r"\b(?:not|cannot|can't|doesn't|didn't|couldn't|never) (?:see|notice)\b[^.;,]{0,24}$")
_WITHDRAWN: Final = folded(r" went (?:out|down|away)\b")
# A count beside that of another day tells the progress: "4 cues, was 9".
_COUNT_WAS: Final = folded(
    r",? (?:was|were|down from|up from) \d|"
    r"(?: (?:in|of|on|over|per|for|during) (?:the )?\d+(?: [a-z]+)?)?[,;]? \(?\d+(?: (?:in|of|on|for) \d+)? "
    r"(?:on \d|last |a (?:week|month) ago|(?:\w+ )?(?:weeks?|visits?|days?) ago|in [jfmasond][a-z]{2,8}\b(?=[.,;)]|$)|"
    r"at (?:eval\w*|soc|start|baseline)\b|(?:in|at|during) (?:the |his |her )?(?:group|visit|session|class|"
    r"treatment|tx) (?:of|on) \d|the (?:week|visit|day|time) before)"
)
_IN_VISIT: Final = folded(
    r" ?\(?(?:(?:by|on|at|for|in) (?:the )?)?(?:trial|rep|set|lap|try|last|final|end|third|second|fourth|fifth|"
    r"other|rest|x ?\d|"
    r"\d)"
)
# "from min A to CGA by the last set": both were given today.
_SAME_VISIT: Final = folded(
    r"[^.;\n]{0,40}?\b(?:by|over|after|within|with|in|on) (?:the )?(?:last|final|end|second|third|fourth|fifth|"
    r"sixth|\d+ "
    r"(?:trial|rep|set|lap|tr)|trial|set|lap|practice|course of|session|visit|repetition)"
)
# What stands beside today's level to compare it with: "min A, up from mod A", "min A vs mod A".
_BESIDE_NOW: Final = folded(
    r"(?:\b(?:up|down|improved|better) from (?:an? )?|\b(?:vs\.?|versus|compared (?:to|with)|previously|formerly) )$"
)
_NOT_YET: Final = folded(
    r"\b(?:not|never|n't)(?: yet| fully| quite| always| completely){0,2} $|\b(?:lives|living)\b[^.;,]*$"
)
_CANNOT: Final = folded(
    r"\b(?:cannot|can't|could not|couldn't|unable to|not able to)\b[^.;,\n]{2,60}\bwithout (?:[a-z]+ )?$"
)
# A cue without kind or amount was given where the words say so; else the note only speaks of cues.
_GIVEN: Final = folded(
    r"\b(?:with|w/|c/?|need(?:s|ed|ing)?|requir(?:es|ed|ing)|given|gave|provided|received|using|min|mod|max|some|and|"
    r"per|plus) $"
)
_ASKED: Final = folded(
    r",? (?:(?:were |was )?(?:needed|given|required|provided) )?(?:(?:to|for|x ?\d|each|every|q|once|twice|against)\b|"
    r"(?:on|in|before|at|during|with) (?:the |about |~)?(?:\d|first|last|each|every|most|half|all|both|some|several|"
    r"one|two|three|four|five|six)\b|(?:about |~ ?)?\d{1,3} ?%|\((?:about |~ ?)?\d|\d{1,2}(?: of |/)\d)"
)
# Levels that name what was done, whatever stock words stand beside them: "SBA to min A as indicated".
_HANDS_ON: Final = frozenset({"standby", "contact_guard", "minimal", "moderate", "maximal", "dependent"})
# A thing that serves: "floor lights as cue", "meter as a reminder"; of a sound or a touch by its own kind.
_SERVES: Final = folded(r"\b(?P<thing>[a-z]+) as (?:an? |the )?$")
_HEARD: Final = frozenset({"metronome", "beat", "music", "song", "voice", "rhythm", "bell", "beep", "timer", "count"})
_FELT: Final = frozenset({"hand", "hands", "finger", "fingers", "touch", "tap", "pressure", "weight", "vibration"})


def _served(thing: str) -> str:
    """The kind of cue that a thing is when it serves as one."""
    return "cues" if thing in _HEARD else "tactile_cues" if thing in _FELT else "visual_cues"


# What was said: "a one word cue", "nose-over-toes cue".
_NAMED_CUE: Final = folded(
    r"(?:\b(?:one|two|three|single|\d)[- ](?:word|step|phrase) |[a-z]+-[a-z]+(?:-[a-z]+)+ |[\"'] )$"
)
_GIVEN_AFTER: Final = folded(r" (?:were |was )?(?:given|needed|required|provided|prn|used|as needed|to|for|x)\b")
_WERE_GIVEN: Final = folded(r" (?:were |was )?(?:given|needed|required|provided)[ \t]*(?:[.;]|\r?(?:\n|$))")
_FIGURE_AFTER: Final = folded(r"s? ?[:=]? ?\d{2}\b")
# What was set up was no task of the patient's: "environment set up", "equipment was set up".
_SET_UP: Final = folded(
    r"\b(?:environment|room|area|station|space|equipment|gym|field|course|circuit|rails?|cones|mats?|steps|table|"
    r"hurdles|"
    r"boxes|shelves|targets|chairs|calendar|planner|pill ?box|organizer|alarm|app|phone|tablet|device) (?:was |is |"
    r"were )?$|\b(?:present|there|here|in the room) for $"
)
_MADE_OF: Final = (":", " from ", " into ", " using ")  # "bill calendar set up from four statements"
# A mock-up stands somewhere in the clinic: "book stacks set up in bay 4"; a meal is set up at the bedside.
_PUT_UP: Final = folded(
    r" (?:in|at|along|across) (?:the |our )?(?:bay|gym|clinic|lab|lobby|hall\w*|corridor|courtyard|parking|mock\w*|"
    r"simulated|treatment|(?:east|west|north|south|main|back|front|far)(?: \w+)?|lane|corner|room \d)\b"
)
_SPOKEN: Final = frozenset({"prompt", "prompts", "prompting", "reminder", "reminders"})
# A letter of an item of Section GG: "Wheel 150 ft (S)   01   06".
_ITEM_LETTER: Final = folded(r"\([a-s]\)[ \t|]{2,}\d\d\b")
_COUNT_AFTER: Final = folded(r" ?[:=]? ?(?:x ?)?\d{1,2}x?\b(?! ?%)")
_SAID_AFTER: Final = folded(r" (?:of |with |was )?\"[a-z][^\"\n]{1,30}\"")  # what was said: cue "big letters"
_LABEL_AFTER: Final = folded(
    r"(?: (?:provided|given|required|needed|used|level)\b)*[ ]*(?:-{1,2} (?=\d* ?[a-z]+al\b)|:|\t|[ ]{2,}|\r?\n|$)"
)
_BECAME: Final = folded(r"\b(?:then|now|finally|and) (?:was|were) $")
_TO_LEVEL: Final = folded(r"[^.;,\n]{0,16} to (?:mod|min|cga|sba|sup|ind|contact|stand|close|distant|set|i\b)")
_DAY_AFTER: Final = folded(r" ?\(?(?:on )?((?:1[0-2]|[6-9])/(?:[0-3]?\d)\b)(?! (?:trials|reps|times|attempts|opp))")
_THAT_DAY: Final = folded(r"(?: [a-z]+){0,2}, on ")  # "min A all, on 10/12"
# What an addendum takes back: "the note said independent for the last two".
_MISTOLD: Final = folded(r"\b(?:note|entry|line|it) (?:said|stated|read|showed|listed|had),?:? [\"']?$")
# "close supervision by the third trip": by when, not by whom.
_BY_THEN: Final = folded(
    r" by (?:the )?(?:end|last|final|first|second|third|fourth|fifth|sixth|(?:trial|rep|set|lap|trip|round|pass) \d|"
    r"\d(?:st|nd|rd|th))\b"
)
_CLINICIAN: Final = folded(r" (?:of|by|from) (?:the )?(?:pt|ot|slp|therapist|physical|occupational)")
_FUTURE: Final = folded(
    r"\b(?:will|goal|become|to be|return to|achieve|until|wants to|able to be|expected|bring|"
    r"target|for return to|prior level|was|were|previously|plof)\b[^.;]*$"
)
_EARLIER: Final = folded(r"[^.;]{0,20}, (?:was|were|had been) ")
_WAS: Final = folded(r"\b(?:was|were|needed|required|had been|from)\b[^,;]*$")
GOAL_WORD: Final = folded(
    r"\b(?:goals?|stg|ltg|stgs|ltgs|[gm]\d|aim)\b ?#?\d?[^.;\n]{0,6}[:(\"-]|\b(?:stg|ltg) ?#?\d|"
    r"\bby \d{1,2}/\d|\bgoal\b"
)


def _in_goal(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """The level stands in the wording of a goal, not in what was done."""
    if (
        document.low.startswith(("ltg ", "stg ", "goal "), sentence.start)
        and " - " not in document.low[sentence.start : hit.start]
    ):
        return True
    opening = GOAL_WORD.search(document.low, max(sentence.start, hit.start - _REACH), hit.start)
    return opening is not None


_CONTENT: Final = folded(r"[a-z]{3,}|\d")


def _tied(document: Document, sentence: Sentence, hit: Hit, counted: bool, level: str) -> bool:
    """A task or an amount stands with the level: other words of the sentence, or for an unspecified cue a number."""
    low = document.low
    if sentence.mask & BIT["boilerplate"]:
        return False
    if level == "cues":
        return counted
    if not sentence.mask & TASK and (
        sentence.mask & BIT["stock_response"]
        or (hit.end >= sentence.end - 1 and _LABEL.fullmatch(low, sentence.start, hit.start))
        or _BOXES.search(low, max(sentence.start, hit.start - _REACH), min(sentence.end, hit.end + _REACH))
    ):
        return False
    return (
        counted
        or _CONTENT.search(low, max(sentence.start, hit.start - 80), hit.start) is not None
        or _CONTENT.search(low, hit.end, min(sentence.end, hit.end + 80)) is not None
    )


# The field of a form, which names no task: "LEVEL OF ASSIST: SBA".
_LABEL: Final = folded(
    r"[-* ]*(?:(?:overall |current )?(?:level of )?"
    r"(?:assist(?:ance)?|help|cue(?:s|ing)?|loa)(?: level| required| needed|"
    r" provided| given)?) ?[:=-]{0,2} ?"
)
_BOXES: Final = folded(r"\[[ x]\]|\([ x]\)|[☐☒☑]")
