"""Start and stop of the visit told in two places: "Arrived late (9:12)." above the treatment, "Ended 9:57." below."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from quarterhour.notes.figures.clocks import CLOCK, ends_of
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import OUTSIDE_VISIT
from quarterhour.notes.times.told_of_visit import fits
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_OF_IT: Final = r"(?: of)?(?: the)?(?: (?:tx|treatment|session|visit|therapy|service|care))?(?: time)?"
_HOW: Final = (
    r"(?: (?:\d+ min(?:ute)?s? )?(?:late|early|on time|today|here|(?:the )?clinic|with \w+ \w+|by \w+|"
    r"(?:on|in|at|to|into|onto|off|from) (?:(?:the|our|my|her|his) )?[a-z]+))*"
)
_AT: Final = r"(?:,? (?:at|was|around|about))?[ \t|:=@(-]{1,40}"
_BEGUN: Final = folded(
    r"\b(?:arrived|arrival|arr|came|came in|began|begun|begin|beginning|start(?:ed|ing)?|checked in|signed in|"
    rf"clocked in|opened|(?:time|clock|check)[ -]?in|time (?:start(?:ed)?|begun|began|arrived)|seen at|in at)"
    rf"{_OF_IT}{_HOW}{_AT}" + CLOCK.format("s") + r"(?![\d:%/])(?! ?-{1,2} ?\d)"
)
_ENDED: Final = folded(
    r"\b(?:ended|end|ending|finish(?:ed)?|stop(?:ped)?|left|leaving|depart(?:ed|ure)|checked out|signed out|"
    rf"clocked out|"
    rf"closed|done|wrapped up|(?:time|clock|check)[ -]?out|time (?:end(?:ed)?|finished|stop(?:ped)?|left)|out at)"
    rf"{_OF_IT}{_HOW}{_AT}" + CLOCK.format("e") + r"(?![\d:%/])"
)
# Lines of a log: "[12:00] joined by phone", "14:45 call ended".
_WHOSE: Final = (
    r"(?:(?:both|patient|pt|client|resident|student|she|he|they|we|the|call|visit|session|video|link|connection|tx|"
    r"treatment|was|is|all) ){0,3}"
)
_LOG: Final = r"(?:\A|(?<=\n))[ \t*>-]*[\[(]?"
_LOG_BEGUN: Final = folded(
    _LOG + CLOCK.format("s") + rf"[\])]?[ \t:|-]{{1,4}}{_WHOSE}(?:joined|connected|logged (?:in|on)|dialed in|arrived|"
    r"checked in|opened|began|begun|started?|begins?|starts)\b(?! (?:with|to|on|the|a|his|her)\b)"
)
_LOG_ENDED: Final = folded(
    _LOG + CLOCK.format("e") + rf"[\])]?[ \t:|-]{{1,4}}{_WHOSE}(?:left|disconnected|logged (?:off|out)|hung up|"
    r"checked out|closed|ended|ends?|finished|over|done|signed off)\b(?! (?:with|to|on|at|hand|arm|leg|knee|hip|"
    r"foot|side|"
    r"shoulder|ankle|wrist|ue|le)\b)"
)
_BEGUN_GATE, _ENDED_GATE = gate(_BEGUN, _LOG_BEGUN), gate(_ENDED, _LOG_ENDED)


class Ends(NamedTuple):
    """Start and stop in minutes after midnight, and where each is told."""

    begin: int
    finish: int
    begin_at: tuple[int, int]
    finish_at: tuple[int, int]


def find_ends_apart(document: Document) -> Ends | None:
    """Start and stop of the visit where each is told by itself; None where either is missing, or told twice."""
    low = document.low
    if not (document.gates & _BEGUN_GATE and document.gates & _ENDED_GATE):
        return None
    begun = [match for match in _BEGUN.finditer(low) if _is_told(document, match, "s")]
    begun = begun or [match for match in _LOG_BEGUN.finditer(low) if _is_told(document, match, "s")]
    if len(begun) != 1:
        return None
    ended = [match for match in _ENDED.finditer(low, begun[0].end()) if _is_told(document, match, "e")]
    ended = ended or [match for match in _LOG_ENDED.finditer(low, begun[0].end()) if _is_told(document, match, "e")]
    if len(ended) != 1:
        return None
    ends = ends_of(begun[0], ended[0])
    return None if ends is None else Ends(*ends, begun[0].span(), ended[0].span())


def _is_told(document: Document, match: re.Match[str], which: str) -> bool:
    """The time has its minutes, and is told of this visit."""
    low, start = document.low, match.start()
    joined = match[which + "k"] is not None and len(match[which + "h"]) == _TWO
    if match[which + "m"] is None and not joined:
        return False
    if low.endswith(_JOINED, 0, start) or _MEASURE.match(low, match.end()):
        return False
    sentence = document.holding(start)
    if sentence is None or _is_symptom(sentence, start) or _OF_OTHERS.search(low, max(0, start - 24), start):
        return False
    if sentence.section not in OUTSIDE_VISIT or fits(document, start):
        return True
    if sentence.section != "plan":
        return False
    return document.opens_line(start) or (which == "e" and _WHO.fullmatch(low, sentence.start, start) is not None)


_TWO: Final = 2  # digits of the hour, where no colon stands behind it
_JOINED: Final = ("/", "-")  # before a word that is one of two: "start/stop", "drop-in"
# Who came and went beside the visit: "Aide arrived in room 10:05".
_OF_OTHERS: Final = folded(
    r"\b(?:aide|cna|nurse|rn|md|doctor|physician|wife|husband|spouse|daughter|son|mother|father|mom|dad|sister|brother|"
    r"family|caregiver|teacher|driver|bus|van|cab|ride|transport|heat|ice|pack|splint|brace|stim|unit) "
    r"(?:was |had |has )?\Z"
)
_MEASURE: Final = folded(r" ?(?:ft|feet|m|meters?|steps|lbs?|#|reps|min|sec|s|w|watts|%)\b")
_WHO: Final = folded(
    r"(?:(?:pt|patient|client|resident|student|child|she|he|they|we|i|tx|treatment|session|visit|care|was) )*"
)


def _is_symptom(sentence: Sentence, place: int) -> bool:
    """A symptom began at the time: "Pain started 9:12 last night"."""
    return any(hit.mask & _SYMPTOM and hit.start <= place < hit.end + _NEXT for hit in sentence.hits)


_SYMPTOM: Final = BIT["symptom"]
_NEXT: Final = 8  # code points between a symptom and the word that it began
