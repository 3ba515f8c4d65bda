"""One level of assistance or cue: whether a phrase of the lexicon is one, what it is, and when it was given."""

from __future__ import annotations

from typing import Final

import msgspec

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.help.came_with import came_with, needed
from quarterhour.notes.help.compared import is_other_compared
from quarterhour.notes.help.no_level import Told, is_no_level
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.services import QUIET
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.wording.patterns import folded

#: A word of something to do, by which a level is tied to a task.
TASK: Final = BIT["activity"] | BIT["function"]
#: Sections that tell no help given in this visit.
SKIPPED: Final = QUIET | {"subjective", "signature", "diagnosis"}
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


def words_before(low: str, sentence: Sentence, place: int) -> str:
    """What stands directly before a level or cue at ``place`` of ``sentence``."""
    return low[max(sentence.start, place - _BEFORE) : place]


_BEFORE: Final = 44  # code points
# A sentence without a stop may be as long as the note; so many code points of it around a level are about the level.
_REACH: Final = 400


def read_level(document: Document, sentence: Sentence, hit: Hit) -> Assistance | None:
    """The level or cue that ``hit`` is, None where it is none."""
    low = document.low
    level = hit.values.get("assist") or hit.values["cue"]
    before = words_before(low, sentence, hit.start)
    told = Told(document, low, sentence, hit, level, before)
    if is_no_level(told):
        return None
    amount = _QUANTITY.search(before)
    start = hit.start if amount is None else hit.start - len(amount[0])
    if "cue" in hit.values:
        return _read_cue(told, start)
    if level == "independent":
        return None if _NOT_YET.search(before) else _given(told, level, start, hit.end)
    if level == "supervision" and _CLINICIAN.match(low, hit.end, hit.end + _LONGEST_SUPERVISOR):
        return None
    if not NONE_GIVEN.search(before):
        return _given(told, level, start, hit.end)
    return Assistance(level, start, hit.end, PERFORMED, True, sentence) if needed(low, sentence, hit.start) else None


_QUANTITY: Final = folded(
    r"(?:(?<!x )(?<!\d)\b(?:\d{1,2}|\d{1,3}%|one|two|three|four|five|six|seven|eight|a|occasional|intermittent|"
    r"min(?:imal)?|mod(?:erate)?|max(?:imal)?|frequent|constant|consistent|repeated|few|several|"
    r"rare|initial) ){1,2}$"
)
_NOT_YET: Final = folded(
    r"\b(?:not|never|n't)(?: yet| fully| quite| always| completely){0,2} $|\b(?:lives|living)\b[^.;,]*$|"
    r"\b(?:cannot|can't|could not|couldn't|unable to|not (?:able|safe|ready) to)\b[^.;,\n]{2,40}$"
)
_CLINICIAN: Final = folded(r" (?:of|by|from) (?:the )?(?:pt|ot|slp|therapist|physical|occupational)")
_LONGEST_SUPERVISOR: Final = 24  # code points
NONE_GIVEN: Final = folded(
    r"\b(?:no(?! more than $)|without|w/o|zero|0|never needs?|did not (?:need|require)|didn't need|not need|"
    r"needed no|needing no|free of)(?: \w+){0,3} $|\bno further $|"
    r"(?<=[a-z] )s $"
)


def _read_cue(told: Told, start: int) -> Assistance | None:
    """The cue that a phrase is, which with its amount begins at ``start``."""
    low, hit = told.low, told.hit
    if _WITHDRAWN.match(low, hit.end) or _UNSEEN.search(told.before):
        return None
    if NONE_GIVEN.search(told.before) and not needed(low, told.sentence, hit.start):
        return None
    if told.level != "cues":
        return _given(told, told.level, start, hit.end)
    served = _SERVES.search(told.before)
    if served is not None:
        status = status_of(told.document, told.sentence, hit.start, hit.end)
        felt = _TOUCHES.search(told.before)
        level, first = (_served(served["thing"]), served) if felt is None else ("tactile_cues", felt)
        return Assistance(level, hit.start - len(first[0]), hit.end, status, True, told.sentence)
    return _read_bare_cue(told, start)


# Cues that were no longer given, or what they did: "spoken cues made him stop".
_WITHDRAWN: Final = folded(r" (?:went (?:out|down|away)|(?:made|make|makes) (?:him|her|them|it))\b")
_UNSEEN: Final = folded(r"\b(?:not|cannot|can't|doesn't|didn't|couldn't|never) (?:see|notice)\b[^.;,]{0,24}$")
# A thing that serves: "floor lights as cue", "meter as a reminder"; of a sound or a touch by its own kind.
_SERVES: Final = folded(
    r"\b(?P<thing>[a-z]+)(?: (?:at|on|over|under|behind) (?:the |his |her )?[a-z]+)? as (?:an? |the )?$"
)
# A hand that serves, with where it lies: "two fingers on the shin as a".
_TOUCHES: Final = folded(
    r"(?<!his )(?<!her )(?<!own )\b(?:hands?|fingers?|fingertips?|palm|thumbs?) (?:at|on|over|behind|under|against) "
    r"[^.;,\n]+$"
)
_HEARD: Final = frozenset({"metronome", "beat", "music", "song", "voice", "rhythm", "bell", "beep", "timer", "count"})
_FELT: Final = frozenset({"hand", "hands", "finger", "fingers", "touch", "tap", "pressure", "weight", "vibration"})


def _served(thing: str) -> str:
    """The kind of cue that a thing is when it serves as one."""
    return "cues" if thing in _HEARD else "tactile_cues" if thing in _FELT else "visual_cues"


def _read_bare_cue(told: Told, start: int) -> Assistance | None:
    """A cue whose phrase names no kind: words around it tell the kind, or that it was given; else it is only spoken
    of.
    """
    low, hit, before = told.low, told.hit, told.before
    if (_CUE_BEFORE.search(before) and not _NAMED_CUE.search(before)) or _CUE_AFTER.match(low, hit.end):
        return None
    count = _COUNT_AFTER.match(low, hit.end, told.sentence.end)
    if count is None and _LABEL_AFTER.match(low, hit.end) and not _closes(told):
        return None
    end = hit.end if count is None else count.end()
    counted = start < hit.start or count is not None
    if _is_spoken(told, counted):
        return _given(told, "verbal_cues", start, end)
    if counted or _GIVEN.search(before) or _GIVEN_AFTER.match(low, hit.end):
        return _given(told, "cues", start, end)
    return Assistance("cues", start, end, "uncertain", False, told.sentence)


_CUE_BEFORE: Final = folded(
    r"(?:\b(?:the|external|skilled|self|self-|type of|this|that|which|each|same|sound|any|visual|"
    r"cue|auditory) |[-])$"
)
# What was said: "a one word cue", "nose-over-toes cue".
_NAMED_CUE: Final = folded(
    r"(?:\b(?:one|two|three|single|\d)[- ](?:word|step|phrase) |[a-z]+-[a-z]+(?:-[a-z]+)+ |[\"'] )$"
)
_CUE_AFTER: Final = folded(
    r" (?:phrase|type|went (?:out|down|up)|were (?:dropped|removed|withdrawn|moved|changed|kept)|was (?:dropped|"
    r"removed|withdrawn|kept)|stays|again|easy|was changed|faded|card|fading|dependen|hierarchy|moved|for \w+ faded|"
    r"(?:have|has|had|must|need|needs|will|can|could|should|is|are) (?:to )?be\b)"
)
_COUNT_AFTER: Final = folded(r" ?[:=]? ?(?:x ?)?\d{1,2}x?\b(?! ?%)")
_LABEL_AFTER: Final = folded(
    r"(?: (?:provided|given|required|needed|used|level)\b)*[ ]*(?:-{1,2} (?=\d* ?[a-z]+al\b)|:|\t|[ ]{2,}|\r?\n|$)"
)


def _closes(told: Told) -> bool:
    """Cues told as given close a sentence, and are no label of what follows: "kept up to the end, prompts given"."""
    opening = told.low[told.sentence.start : told.hit.start].rstrip()
    return opening.endswith((",", ";", " and", " with")) and _WERE_GIVEN.match(told.low, told.hit.end) is not None


_WERE_GIVEN: Final = folded(r" (?:were |was )?(?:given|needed|required|provided)[ \t]*(?:[.;]|\r?(?:\n|$))")
# A cue without kind or amount was given where the words say so; else the note only speaks of cues.
_GIVEN: Final = folded(
    r"\b(?:with|w/|c/?|need(?:s|ed|ing)?|requir(?:es|ed|ing)|given|gave|provided|received|using|min|mod|max|some|and|"
    r"per|plus) $|\b(?:with|w/|after|given) an? [a-z]{3,} $"
)
_GIVEN_AFTER: Final = folded(
    r" (?:were |was )?(?:given|needed|required|provided|prn|used|as needed|to|for|x|(?:when(?:ever)?|each time|"
    r"every time) (?:s?he|they|the|his|her))\b"
)


def _is_spoken(told: Told, counted: bool) -> bool:
    """The cue was given in words: they are told, or its word stands for such with an amount or an occasion."""
    low, hit = told.low, told.hit
    if _SAID_AFTER.match(low, hit.end, told.sentence.end) or _NAMED_CUE.search(told.before):
        return True
    word = low[hit.start : hit.end]
    if word in _CUES:
        return counted or _ASKED.match(low, hit.end) is not None
    return counted and word in _SPOKEN


_SAID_AFTER: Final = folded(r" (?:of |with |was )?\"[a-z][^\"\n]{1,30}\"")  # what was said: cue "big letters"
_CUES: Final = frozenset({"cue", "cues", "cueing", "cuing", "cued"})
_SPOKEN: Final = frozenset({"prompt", "prompts", "prompting", "reminder", "reminders"})
_ASKED: Final = folded(
    r",? (?:(?:were |was )?(?:needed|given|required|provided) )?(?:(?:to|for|x ?\d|each|every|q|once|twice|against)\b|"
    r"(?:on|in|before|at|during|with) (?:the |about |~)?(?:\d|first|last|each|every|most|half|all|both|some|several|"
    r"one|two|three|four|five|six)\b|(?:about |~ ?)?\d{1,3} ?%|\((?:about |~ ?)?\d|\d{1,2}(?: of |/)\d)"
)


def _given(told: Told, level: str, start: int, end: int) -> Assistance:
    """The level or cue at [start, end) with its amount, its status, and whether it is tied."""
    status = _status(told, level, start, end)
    tied = _tied(told.document, told.sentence, told.hit, start < told.hit.start, level)
    return Assistance(level, start, end, status, tied, told.sentence)


def _status(told: Told, level: str, start: int, end: int) -> str:
    """The status of a level at [start, end)."""
    document, low, sentence, hit, _, before = told
    status = status_of(document, sentence, hit.start, hit.end)
    if _is_of_now(told) and status in _OPEN_NOW and not document.missed:
        return PERFORMED
    if status == "negated" and came_with(low, sentence, start):
        return PERFORMED
    if status != PERFORMED:
        return status
    if _is_earlier(low, sentence, hit, before):
        return "prior_visit"
    if ("cue" in hit.values and _COUNT_WAS.match(low, end, sentence.end)) or is_skilled(before, low, end):
        return "uncertain"
    if sentence.section in SKIPPED:
        return "planned" if sentence.section in ("goals", "plan") else "prior_visit"
    if _is_aimed_at(told, level):
        return "planned"
    from_level = before.endswith("from ")
    if (from_level or document.summary) and _TO_LEVEL.match(low, hit.end):
        return PERFORMED if from_level and _SAME_VISIT.match(low, hit.end, sentence.end) else "prior_visit"
    if _is_of_another_day(told):
        return "prior_visit"
    if _MISTOLD.search(before):
        return "self_corrected"
    if sentence.mask & BIT["boilerplate"] and not sentence.has_number and level not in _HANDS_ON:
        return "uncertain"
    compared = sentence.mask & BIT["compare"] != 0 and not is_other_compared(low, sentence, hit.end)
    if compared and sentence.section == "note" and _EARLIER.match(low, hit.end, sentence.end):
        return RETOLD
    if low.endswith(("->", "-> "), 0, start) and not _IN_VISIT.match(low, hit.end):
        return "uncertain"
    if end == hit.end and sentence.section in _RETOLD and (compared or sentence.dates):
        return "prior_visit" if _WAS.search(before) else RETOLD
    return PERFORMED


def _is_of_now(told: Told) -> bool:
    """The level is called that of now, beside a goal or an earlier one: "not met, CGA now"."""
    low, sentence, hit = told.low, told.sentence, told.hit
    if not sentence.gates & _BY_NOW_GATE or _WAS_MET.search(told.before) is not None:
        return False
    return _NOW_BEFORE.search(told.before) is not None or _NOW_BEHIND.match(low, hit.end, sentence.end) is not None


# On an earlier day: "MET 05/20, now modified independent".
_WAS_MET: Final = folded(r"(?<!not )(?<!partly )\bmet\b[^.;]*$")
_NOW_BEFORE: Final = folded(r"(?:[,;:(-] ?|\b(?:met|is|and) )(?:now|today|currently) (?:at |an? |only )?$")
_NOW_BEHIND: Final = folded(
    r"(?: only)?(?: (?:on|for|in|x) ?\d{1,2}(?: ?(?:of|/) ?\d{1,2})?)? \(?(?:now|today)\b(?=[.,;)\n]|$)"
)
# What a level called that of now may stand beside: a goal, another day.
_OPEN_NOW: Final = frozenset({"planned", "prior_visit"})
# A count beside that of another day tells the progress: "4 cues, was 9".
_FIGURE: Final = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty)"
_COUNT_WAS: Final = folded(
    rf",? (?:was|were|down from|up from) {_FIGURE}\b|"
    rf"(?: (?:in|of|on|over|per|for|during) (?:the )?\d+(?: [a-z]+)?)?[,;]? \(?{_FIGURE}(?: (?:in|of|on|for) \d+)? "
    r"(?:on \d|last |a (?:week|month) ago|(?:\w+ )?(?:weeks?|visits?|days?) ago|in [jfmasond][a-z]{2,8}\b(?=[.,;)]|$)|"
    r"at (?:eval\w*|soc|start|baseline)\b|(?:in|at|during) (?:the |his |her )?(?:group|visit|session|class|"
    r"treatment|tx) (?:of|on) \d|the (?:week|visit|day|time) before)"
)
_TO_LEVEL: Final = folded(r"[^.;,\n]{0,16} to (?:mod|min|cga|sba|sup|ind|contact|stand|close|distant|set|i\b)")
# "from min A to CGA by the last set": both were given today.
_SAME_VISIT: Final = folded(
    r"[^.;\n]{0,40}?\b(?:by|over|after|within|with|in|on) (?:the )?(?:last|final|end|second|third|fourth|fifth|"
    r"sixth|\d+ "
    r"(?:trial|rep|set|lap|tr)|trial|set|lap|practice|course of|session|visit|repetition)"
)
# What an addendum takes back: "the note said independent for the last two".
_MISTOLD: Final = folded(r"\b(?:note|entry|line|it) (?:said|stated|read|showed|listed|had),?:? [\"']?$")
# Levels that name what was done, whatever stock words stand beside them: "SBA to min A as indicated".
_HANDS_ON: Final = frozenset({"standby", "contact_guard", "minimal", "moderate", "maximal", "dependent"})
_EARLIER: Final = folded(r"[^.;]{0,20}, (?:was|were|had been) ")
_IN_VISIT: Final = folded(
    r" ?\(?(?:(?:by|on|at|for|in) (?:the )?)?(?:trial|rep|set|lap|try|last|final|end|third|second|fourth|fifth|"
    r"other|rest|x ?\d|"
    r"\d)"
)
_RETOLD: Final = frozenset({"assessment", "progress", "rationale", "response"})
_WAS: Final = folded(r"\b(?:was|were|needed|required|had been|from)\b[^,;]*$")


def _is_earlier(low: str, sentence: Sentence, hit: Hit, before: str) -> bool:
    """The level is told as that of the start beside today's: "(was CGA)", "mod A at start, SBA now"."""
    if before.endswith("(was "):
        return True
    if before.endswith(_WAS_BESIDE) and _is_second(sentence, hit):
        return True
    if _WHEN_WAS.search(before) is not None or _OF_START.match(low, sentence.start, hit.start) is not None:
        return True
    beside_today = sentence.has(BIT["today"], sentence.start, hit.start) or _is_second(sentence, hit)
    if beside_today and _CLOSES_AT_START.match(low, hit.end, sentence.end):
        return True
    if not sentence.gates & _BY_NOW_GATE or _BY_NOW.search(low, hit.end, min(sentence.end, hit.end + _REACH)) is None:
        return False
    if _AT_START.match(low, hit.end, sentence.end):
        return True
    return _FROM_START.search(before) is not None and not _is_second(sentence, hit)


def _is_second(sentence: Sentence, hit: Hit) -> bool:
    """Another level stands before it in the sentence."""
    return any(other.mask & LEVELS for other in sentence.hits if other.end <= hit.start)


_WAS_BESIDE: Final = (", was ", "; was ", ", were ", "; were ")  # "verbal cue to point, was hand over hand"
_WHEN_WAS: Final = folded(r"\bwhen (?:s?he|they|pt|(?:the )?patient|it) (?:was|needed|required|took) (?:an? )?$")
_OF_START: Final = folded(
    r"(?:start|initial(?:ly)?|at (?:start|eval\w*|admission)|soc|baseline|before(?: (?:this|admission|surgery))?)"
    r"(?:: | {2,})"
)  # opens the sentence
# Behind what is told of today: "5 of 5 today; mod A at start".
_CLOSES_AT_START: Final = folded(
    r" (?:at (?:the )?(?:start|baseline|soc|eval\w*|admission)|(?:o|i)n (?:eval|"
    r"intake))(?=[.;)\n]|$)"
)
# "mod A at start, SBA now": the earlier state of a course of treatment.
_AT_START: Final = folded(r"[^.;,\n]{0,40} at (?:the )?(?:start|baseline|first|soc|eval\w*|admission)\b")
_FROM_START: Final = folded(r"\bat (?:the )?(?:start|baseline|first|soc|eval\w*|admission),? (?:\w+ ){0,3}$")
_BY_NOW: Final = folded(r"\b(?:now|today|currently|at (?:discharge|present|dc|d/c|(?:the )?end))\b")
_BY_NOW_GATE: Final = gate(_BY_NOW)


def is_skilled(before: str, low: str, end: int) -> bool:
    """A cue that ends at ``end`` is only called skilled, without a count: "skilled verbal and tactile cueing"."""
    return _SKILLED.search(before) is not None and _COUNTED.match(low, end) is None


_SKILLED: Final = folded(r"\b(?:skilled|graded|appropriate|varied) (?:[a-z/]+,? (?:and )?){0,4}$")
_COUNTED: Final = folded(r"[^.;\n]{0,24}?\d")


def _is_aimed_at(told: Told, level: str) -> bool:
    """The level is that of a goal, or of what is to come."""
    if told.sentence.mask & BIT["goal"] and _in_goal(told.low, told.sentence, told.hit):
        return True
    return (
        level in ("independent", "modified_independent")
        and _FUTURE.search(told.before) is not None
        and _BECAME.search(told.before) is None
    )


_FUTURE: Final = folded(
    r"\b(?:will|goal|become|to be|return to|achieve|until|wants to|able to be|expected|bring|"
    r"target|for return to|prior level|was|were|previously|plof)\b[^.;]*$"
)
_BECAME: Final = folded(r"\b(?:then|now|finally|and) (?:s?he |they )?(?:was|were) $")


def _in_goal(low: str, sentence: Sentence, hit: Hit) -> bool:
    """The level stands in the wording of a goal, not in what was done."""
    if low.startswith(("ltg ", "stg ", "goal "), sentence.start) and low.find(" - ", sentence.start, hit.start) < 0:
        return True
    return _GOAL_WORD.search(low, max(sentence.start, hit.start - _REACH), hit.start) is not None


_GOAL_WORD: Final = folded(
    r"\b(?:goals?|stg|ltg|stgs|ltgs|[gm]\d|aim)\b ?#?\d?[^.;\n]{0,6}[:(\"-]|\b(?:stg|ltg) ?#?\d|"
    r"\bby \d{1,2}/\d|\bgoal\b"
)


def _is_of_another_day(told: Told) -> bool:
    """A day before the visit stands with the level, or today's level beside it."""
    document, low, sentence, hit, _, before = told
    dated = _DAY_AFTER.match(low, hit.end)
    return (
        (dated is not None and any(date.start == dated.start(1) for date in sentence.dates))
        or _points_back(told)
        or _BESIDE_NOW.search(before) is not None
        or any(document.is_past(date) and _THAT_DAY.fullmatch(low, hit.end, date.start) for date in sentence.dates)
    )


_DAY_AFTER: Final = folded(r" ?\(?(?:on )?((?:1[0-2]|[6-9])/(?:[0-3]?\d)\b)(?! (?:trials|reps|times|attempts|opp))")
# What stands beside today's level to compare it with: "min A, up from mod A", "min A vs mod A".
_BESIDE_NOW: Final = folded(
    r"(?:\b(?:up|down|improved|better) from (?:an? )?|\b(?:vs\.?|versus|compared (?:to|with)|previously|formerly) )$"
)
_THAT_DAY: Final = folded(r"(?: [a-z]+){0,2}, on ")  # "min A all, on 10/12"


def _points_back(told: Told) -> bool:
    """The level points back to another day told before it in the sentence."""
    document, low, sentence, hit, _, _ = told
    dayless = document.service_day is None
    days = [date.end for date in sentence.dates if date.end <= hit.start and (dayless or document.is_past(date))]
    return bool(days) and (
        _THOSE.fullmatch(low, days[-1], hit.start) is not None
        or _THEN_ENDS.match(low, hit.end, sentence.end + 1) is not None
    )


# "three on 10/28, all of those with moderate assist": the level is of what was counted on that day.
_THOSE: Final = folded(r"[,;(]? ?(?:and )?(?:all|each|both|every|most|those|these|they)\b(?!.*today)[^.;,]{0,20}")
_THEN_ENDS: Final = folded(r" (?:then|that day|at that time)(?=[.;,)\n]|$)")  # "2 on 5/6; mod A then"


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
        or _CONTENT.search(low, max(sentence.start, hit.start - _NEAR), hit.start) is not None
        or _CONTENT.search(low, hit.end, min(sentence.end, hit.end + _NEAR)) is not None
    )


_CONTENT: Final = folded(r"[a-z]{3,}|\d")
_NEAR: Final = 80  # code points
# The field of a form, which names no task: "LEVEL OF ASSIST: SBA".
_LABEL: Final = folded(
    r"[-* ]*(?:(?:overall |current )?(?:level of )?"
    r"(?:assist(?:ance)?|help|cue(?:s|ing)?|loa)(?: level| required| needed|"
    r" provided| given)?) ?[:=-]{0,2} ?"
)
_BOXES: Final = folded(r"\[[ x]\]|\([ x]\)|[☐☒☑]")
