"""Whether a phrase tells of something done in this visit.

Cues are data (families of the lexicon); here stand only their directions and how far they reach:

* ``negation_before`` reaches right, at most six words, and ends at a comma, a semicolon, "but", "then", or a
  preposition that opens a new thought ("no pain with sit to stand"); ``negation_after`` reaches left within its part
  of the sentence, and over a short list before it;
* ``planned`` reaches right to the semicolon and left within its part; ``home`` likewise;
* ``prior`` and a date of another day reach within their part, or over the sentence when they open it and nothing says
  "today";
* ``correction`` ("X, sorry, Y") takes back what stands directly before it.

What no cue decides is decided by the section: plan and goals are planned, history is past, a home program is practice
at home.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.figures.numbers import Date
from quarterhour.notes.page.back_then import is_of_then
from quarterhour.notes.page.clauses import STATUS_CUES, Sentence
from quarterhour.notes.page.daily import doses_list, is_habit, is_of_life, names_times
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.family import is_habit_of_others, left_to_family
from quarterhour.notes.page.held import is_held
from quarterhour.notes.page.kinds import closes_care
from quarterhour.notes.page.left_out import SHAPES, part_opening, told_left_out
from quarterhour.notes.page.sections import DEFAULT_STATUS
from quarterhour.notes.page.to_come import tells_what_is_to_come
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.wording.patterns import folded

_NEG_BEFORE, _NEG_AFTER = BIT["negation_before"], BIT["negation_after"]
_NEGATION: Final = _NEG_BEFORE | _NEG_AFTER
_PLANNED, _PRIOR, _HOME = BIT["planned"], BIT["prior"], BIT["home"]


def status_of(document: Document, sentence: Sentence, start: int, end: int) -> str:
    """The status of the phrase [start, end) of ``sentence``."""
    low = document.low
    cued = sentence.mask & STATUS_CUES != 0
    if document.missed:
        told = _cued(document, sentence, start, end) if cued or sentence.dates else ""
        if not told and sentence.mask & SHAPES:
            told = told_left_out(low, sentence, start, end)
        return told or "planned"
    opening, closing = document.carried
    if opening <= start < closing:
        told = _cued(document, sentence, start, end) if cued else ""
        told = told or (told_left_out(low, sentence, start, end) if sentence.mask & SHAPES else "")
        return told if told == "home_program" else "prior_visit"
    for cell in document.cells:
        if cell.start <= start < cell.end and cell.status:
            return cell.status
    if low.startswith(_ORDERS, sentence.start) and _ORDERED.match(low, sentence.start, start):
        at_home = sentence.mask & _HOME and _cued(document, sentence, start, end) == "home_program"
        return "home_program" if at_home else "planned"  # "Continue putty at home"
    if tells_what_is_to_come(low, sentence, start):
        return "planned"
    if low.startswith((":", " -", " :", " ="), end) and _NONE.match(low, end):
        return "negated"
    if sentence.gates & _UNDONE_GATE and _is_undone(low, start, min(end, sentence.end), sentence.end):
        return "negated"
    if cued or sentence.dates:
        told = _cued(document, sentence, start, end)
        if told == "planned" and (sentence.section == "home_program" or _is_left_to_family(low, sentence, start)):
            return "home_program"
        if told:
            return told
    if sentence.mask & SHAPES:
        told = told_left_out(low, sentence, start, end)
        if told and not (told == "negated" and _is_of_minutes(low, start)):
            return told
    if is_of_then(document, sentence, start):
        return "prior_visit"
    if is_habit_of_others(low, sentence, start):
        return "home_program"
    return DEFAULT_STATUS.get(sentence.section, PERFORMED)


def _is_left_to_family(low: str, sentence: Sentence, start: int) -> bool:
    opening = part_opening(low, sentence, start)
    return left_to_family(low, opening + low.startswith(" ", opening), start)


# "Continue car transfers, add stairs": what is to be done, told as an order.
_ORDERS: Final = ("cont", "resume ", "restart ", "progress to ", "advance to ", "hold ", "- cont", "* cont")
_ORDERED: Final = folded(
    r"[-* ]*(?:continue\b|cont\b\.?|(?:resume|restart)\b|progress to\b|advance to\b|hold (?!\d)[a-z]{3,})[^;.]*$"
)
# Nothing where an amount stands: "Stair training: 0 min".
_NONE: Final = folded(r" ?[:=-] ?(?:0(?! ?[./\d])(?: ?(?:min\w*|x|reps))?|none|n/?a|nt|dnp|held|no)(?![a-z\d])")


def _is_undone(low: str, start: int, end: int, border: int) -> bool:
    """The task, or its verb, is told as not done: "The ladder was not climbed"; what it was not done with says nothing
    of it.
    """
    return _UNDONE.match(low, end, border) is not None or (
        _NOT_BEFORE.search(low, max(0, start - _LONGEST_NOT), start) is not None
        and _IS_DONE.match(low, start) is not None
    )


_NOT: Final = r"(?:n't| not| never)(?: yet| ever| even)?"
_PARTICIPLE: Final = (
    r"(?!(?:limit|affect|impair|hinder|need|requir|provok|reproduc|assist|chang|tim|bill|charg|count|includ|us|support|"
    r"interrupt|rush|fatigu|tir|cu|prompt|correct|slow|stopp|complet|load|loos|want|ask|indicat)ed\b)"
    r"[a-z]{2,}(?:ed|en|wn|ung)\b"
)
_IS_DONE: Final = folded(_PARTICIPLE)
_UNDONE: Final = folded(rf"(?: (?:was|were|is|are))?{_NOT} {_PARTICIPLE}")
_NOT_BEFORE: Final = folded(rf"[a-z]{_NOT} $")
_LONGEST_NOT: Final = len("n never ever ")
_UNDONE_GATE: Final = gate(_UNDONE, _NOT_BEFORE)


def _is_of_minutes(low: str, start: int) -> bool:
    """What is told is told of minutes: "Minutes for self-care were omitted" says nothing of self-care."""
    return _OF_MINUTES.search(low, max(0, start - _LONGEST_MINUTES), start) is not None


_OF_MINUTES: Final = folded(r"\b(?:min(?:ute)?s?|time|units) (?:for|of|under) $")
_LONGEST_MINUTES: Final = len("minutes under ")


def _cued(document: Document, sentence: Sentence, start: int, end: int) -> str:
    """The status that cues and dates of the sentence give the phrase [start, end), "" where none reaches it."""
    low = document.low
    found = ""
    for hit in sentence.cues:
        mask = hit.mask
        if _is_no_cue(low, sentence, hit, end):
            continue
        if start <= hit.start and hit.end <= end:
            if mask & _NEGATION:
                found = "negated"
            elif mask & _HOME:
                found = "home_program"
            continue
        if hit.end <= start:
            cue = _Cue(hit, sentence, True, hit.end, start)
        elif hit.start >= end:
            cue = _Cue(hit, sentence, False, end, hit.start)
        else:
            continue
        if mask & BIT["correction"] and not cue.before and not low[end : hit.start].strip(" ,.-"):
            return "self_corrected"
        if mask & _NEGATION and _negates(low, cue, start):
            return "negated"
        if mask & _HOME and _sends_home(low, cue):
            found = "home_program"
        if mask & _PRIOR and not found and _is_past(low, cue):
            found = "prior_visit"
        if mask & _PLANNED and not found and _reaches(low, cue, _PLANNED_REACH):
            found = "planned"
    return found or _dated(document, sentence, start, end)


_PLANNED_REACH: Final = 8  # words back
_HOME_REACH: Final = 14


class _Cue(NamedTuple):
    """A cue beside a phrase: does it stand before it, and [start, end) of what lies between them."""

    hit: Hit
    sentence: Sentence
    before: bool
    start: int
    end: int

    def words(self, low: str) -> int:
        """How many words lie between."""
        return low.count(" ", self.start, self.end)


def _is_no_cue(low: str, sentence: Sentence, hit: Hit, end: int) -> bool:
    """The words of the cue say something else here of a phrase that ends at ``end``."""
    if hit.mask & _NEGATION and is_held(low, hit):
        return True
    if hit.mask & _NEG_AFTER and hit.start >= end and _is_of_then(low, sentence, hit):
        return True
    return hit.mask & _PLANNED != 0 and (
        (low.startswith(_AMBIGUOUS, hit.start) and not _looks_ahead(low, sentence, hit.start, hit.end))
        or _is_topic(low, sentence, hit)
    )


def _is_of_then(low: str, sentence: Sentence, hit: Hit) -> bool:
    """A negation told of another day: "stairs today, refused last week", "a curb, never tried before"."""
    if low.startswith("never ", hit.start) and low.startswith(" before", hit.end):
        return True
    parted = low.rfind(",", sentence.start, hit.start) >= 0
    return parted and any(
        other.mask & _PRIOR and hit.end <= other.start and _PART.search(low, hit.end, other.start) is None
        for other in sentence.cues
    )


def _looks_ahead(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether "next", "add" or "to do" looks ahead: where it opens a clause, but not in "cue to next step"."""
    before = low[max(sentence.start, start - 12) : start]
    if end - start > 5:
        return not (low.startswith("next step", start) and _IN_THE_NEXT.search(before))
    return _CLAUSE.search(before) is not None and _NO_VISIT.match(low, end) is None


_AMBIGUOUS: Final = ("next", "add", "to do")
_IN_THE_NEXT: Final = folded(r"\b(?:to|the|of|each|every|his|her|and|each other's) $")
_CLAUSE: Final = folded(r"(?:^|[.;,:(/|*\n\]-]) ?$|\b(?:for|then|add|plan) $")
_NO_VISIT: Final = folded(r" (?:to|day|\d+ ?min|(?:[a-z]+ ){1,2}minutes)\b")


def _is_topic(low: str, sentence: Sentence, hit: Hit) -> bool:
    """What the work is about, or how it went: "packed tomorrow's lunch", "as planned", "cues prn"."""
    return (
        low.startswith("'s ", hit.end)
        or low.endswith("as ", 0, hit.start)
        or (
            low.startswith("prn", hit.start)
            and _is_helped(sentence, hit.start - 1, hit.start)
            and not low.startswith("]", hit.end)
        )
    )


def _negates(low: str, cue: _Cue, start: int) -> bool:
    """A negation reaches the phrase that begins at ``start``."""
    hit, sentence, before, *gap = cue
    close = cue.words(low) <= _NEGATION_REACH and _STOP.search(low, *gap) is None
    if before:
        return (hit.mask & _NEG_BEFORE != 0 and close) or (
            hit.mask & _NEG_AFTER != 0
            and not low.startswith(_FORGOTTEN, hit.start)
            and _LISTED_OUT.match(low, hit.end) is not None
            and _SEMI_HARD.search(low, *gap) is None
        )
    if not hit.mask & _NEG_AFTER or _is_of_minutes(low, start):
        return False
    return close or (_short_list(low, *gap) and not _goes_on(low, sentence, *gap) and not _is_helped(sentence, *gap))


_NEGATION_REACH: Final = 6  # words
_STOP: Final = folded(
    r"[;:|]|,| but | then | however | we (?=did|worked|practic|perform|complet|stay|went)| with | during | after |"
    r" while | when | before | so | because "
    r"|\. | - | and (?:then|performed|did|completed|worked|instead|began|started)|\)|\("
)
# A list of what was left out follows: "Not done: jar opening and curls", "Deferred today: stairs".
_FORGOTTEN: Final = ("omitted", "left out", "was left out")  # from the note, not from the visit
_LISTED_OUT: Final = folded(r"(?: (?:today|this (?:visit|date|session)))? ?[:=](?= )")
_SEMI_HARD: Final = folded(r";| but |\. ")


def _short_list(low: str, start: int, end: int) -> bool:
    """Between a phrase and a negation after it stands only a short list: "bridging, clams and bike deferred"."""
    between = low[start:end]
    return (
        ";" not in between
        and "|" not in between
        and (":" not in between or between.rpartition(":")[2].strip() in _WHO)
        and len(between) < _LONGEST_LIST
        and _VERB.search(between) is None
        and all(len(part.split()) <= _LONGEST_ENTRY for part in between.split(","))
    )


_WHO: Final = ("", "patient", "pt", "she", "he", "client", "resident")  # "stairs: patient refused"
_VERB: Final = folded(r"\b(?:was|were|is|are|did|had|has|performed|completed|min|minutes|x|\d+)\b")
_LONGEST_LIST: Final = 70  # code points
_LONGEST_ENTRY: Final = 4  # words


def _goes_on(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """The phrase that ends at ``start`` goes on a list of what was done, and the negation at ``end`` closes its last
    item alone: "bridges 3x8, side steps, band walks not tried".
    """
    if any(word in low[start:end] for word in _LISTS):
        return False
    return _DONE.search(low, max(sentence.start, low.rfind(";", 0, start)), start) is not None


_LISTS: Final = (" and ", " or ", "&", "/", "+")
_DONE: Final = folded(r"\d ?x ?\d|\bx ?\d|\d ?(?:reps|ft|lb|min)\b[^,;.]*,")


def _is_helped(sentence: Sentence, start: int, end: int) -> bool:
    """A level or cue told between a phrase and a negation, or one that goes on in it: what it was given for was done,
    as in "bus steps with a pack, SBA, treadmill not used".
    """
    return any(hit.mask & LEVELS and start - 1 <= hit.end and hit.start < end for hit in sentence.hits)


def _sends_home(low: str, cue: _Cue) -> bool:
    """The phrase is practice at home, and no habit of the patient's life."""
    hit, _, before, *gap = cue
    if names_times(low, hit.start) or is_of_life(low, hit.start) or _is_material(low, hit):
        return False
    if before:
        return _reaches(low, cue, _HOME_REACH)
    return (_reaches(low, cue, _HOME_REACH) or doses_list(low, *gap)) and not is_habit(low, *gap)


def _is_material(low: str, hit: Hit) -> bool:
    """What is printed was worked with: "filling a pill box from the printed list"."""
    return low.startswith("printed", hit.start) and (
        low.startswith(_READ_FROM, hit.end)
        or _WORKED_WITH.search(low, max(0, hit.start - _WORKING), hit.start) is not None
    )


_READ_FROM: Final = (" list", " menu", " label", " word", " letter", " card", " map", " recipe", " schedule", " form")
_WORKING: Final = 40  # so far before "printed" stands what was worked with
_WORKED_WITH: Final = folded(
    r"\b(?:from|off|with|on|against|at|beside|following|using|reading|sorting|of) (?:(?:a|an|the|his|her|two|three|"
    r"four|"
    r"five|six|large|\d{1,2}) )*$"
)


def _is_past(low: str, cue: _Cue) -> bool:
    """The cue of an earlier day reaches the phrase, and no bracket parts the two."""
    hit, sentence, before, *gap = cue
    if _is_this_visit(low, hit.start, hit.end) or _is_used_to(low, hit):
        return False
    opening, closing = low.find("(", *gap), low.find(")", *gap)
    if opening >= 0 > closing or (closing >= 0 > opening and before and hit.start - sentence.start > 1):
        return False
    if _PART.search(low, *gap) is None and cue.words(low) <= _PRIOR_REACH:
        return True
    return before and _heads_sentence(low, sentence, hit) and _SEMI_HARD.search(low, *gap) is None


_PRIOR_REACH: Final = 10  # words


def _is_used_to(low: str, hit: Hit) -> bool:
    """A means: "is used to improve"."""
    return low.startswith("used to", hit.start) and low.endswith(_IS, 0, hit.start)


_IS: Final = ("were ", "was ", "is ", "are ", "be ", "been ")


def _is_this_visit(low: str, start: int, end: int) -> bool:
    """In a note of discharge "Last visit:" is the visit itself."""
    return low.startswith("last ", start) and (
        low.startswith(" today", end) or (low.startswith(":", end) and closes_care(low))
    )


def _heads_sentence(low: str, sentence: Sentence, hit: Hit) -> bool:
    """The cue is the title of the sentence, in which nothing says "today": "Last tx 4/29: ..."."""
    return (
        hit.start - sentence.start < _OPENING
        and not sentence.mask & BIT["today"]
        and _HEADS.match(low, hit.end) is not None
    )


_OPENING: Final = 4  # code points that may stand before the first word of a sentence
# Behind the title a day may stand, or how it came there: "last tx 4/29:", "previous visit (auto-pulled 12/01):".
_HEADS: Final = folded(r"(?: \(?\d{1,2}/\d[\d/]*\)?| ?[(\[][^)\]\n:]{1,40}[)\]])?:")


def _reaches(low: str, cue: _Cue, words: int) -> bool:
    """A cue before a phrase reaches to the semicolon, or to the comma where it closes a part of its own ("stairs at
    home, curbs here"); one after it, at most ``words`` words back within its part.
    """
    _, sentence, before, *gap = cue
    if before:
        if low.startswith(",", cue.start) and _closes_part(low, sentence, cue.start):
            return False
        return _SEMI.search(low, *gap) is None and cue.words(low) <= _FORWARD_REACH
    opening = low.find("(", *gap)
    if opening >= 0 and any(hit.mask & BIT["activity"] and hit.start > opening for hit in sentence.hits):
        return False  # "curbs (next visit stairs)"
    return _PART.search(low, *gap) is None and cue.words(low) <= words


_FORWARD_REACH: Final = 25  # words
_PART: Final = folded(r"[,;|]| vs\.? | versus | but | then | while | before | and then |\. ")
_SEMI: Final = folded(r";| but |\. |\btoday\b")


def _closes_part(low: str, sentence: Sentence, place: int) -> bool:
    """An activity stands in the part that ends at ``place``."""
    opening = max(low.rfind(mark, sentence.start, place) for mark in ",;|.:")
    return any(hit.mask & BIT["activity"] and opening < hit.start for hit in sentence.hits if hit.end < place)


def _dated(document: Document, sentence: Sentence, start: int, end: int) -> str:
    """The status that the date of another day gives the phrase [start, end), "" where none stands close."""
    low = document.low
    for date in sentence.dates:
        dayless = document.service_day is None and low.endswith("on ", 0, date.start)
        if not (dayless or document.is_other_day(date)):
            continue
        if low[date.end : date.end + 2].rstrip() in (":", "):"):
            if date.start - sentence.start < _OPENING and date.end <= start and _DEED_OF_DAY.match(low, date.end):
                return "prior_visit" if document.is_past(date) else "planned"
            continue
        if document.service_day is None and _heads_section(low, sentence, date):
            continue
        if low[end : date.start].strip() == "(" and low.startswith(")", date.end):
            return "prior_visit" if document.is_past(date) else "planned"
        if low.endswith("since ", 0, date.start):
            continue
        gap = (date.end, start) if date.end <= start else (end, date.start)
        if (
            gap[0] <= gap[1]
            and _PART.search(low, *gap) is None
            and low.find("(", *gap) < 0
            and low.count(" ", *gap) <= _DATE_REACH
        ):
            return "prior_visit" if dayless or document.is_past(date) else "planned"
    return ""


def _heads_section(low: str, sentence: Sentence, date: Date) -> bool:
    """The day in brackets is that of all the section tells, as its head has it: "Objective: (05/20/2026) TherEx"."""
    return (
        sentence.section == "objective"
        and sentence.start < sentence.words == date.start - 1
        and low.startswith("(", sentence.words)
        and low.startswith(")", date.end)
    )


_DATE_REACH: Final = 6  # words
# "09/24: did bathtub transfer, CGA"; other words behind a day and a colon may be those of an entry of this visit.
_DEED_OF_DAY: Final = folded(r"\)?: ?(?:(?:s?he|we|they|pt) )?(?:did|had|was|were|worked|reached|tried|walked|went)\b")
