"""Help by which a task came about at last: "did not look left until cued", "no carryover without verbal cues". What is
denied is the task alone; the help was given.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.patterns import folded

_UNTIL: Final = folded(
    r"\b(?:until|till|unless|except (?:with|when|after)|only (?:with|after|when)) (?:(?:an?|the|given|being|was|i|"
    r"therapist|clinician|pta?|ota?|cota|slp|s?he|they|few|several|repeated|again) ){0,4}$"
)
_WITHOUT: Final = folded(
    r"\b(?:cannot|can't|could not|couldn't|unable to|not able to|(?:did|would|will)(?: not|n't)(?! (?:need|"
    r"require|ask))|"
    r"no (?:carry-?over|initiation|attempts?|recall|awareness|response|"
    r"correction))\b[^.;,\n]{2,60}\bwithout (?:[a-z]+ )?$"
)
# A rule, a habit, or what is so at home.
_NOT_OF_NOW: Final = folded(r"\b(?:(?:is|are|was) not to|at home|does(?: not|n't)|do(?: not|n't)|leaving)\b")
_ALONE: Final = ("indep", "mod i", "modified i")
_REACH: Final = 400  # code points of a sentence that may have no stop


def came_with(low: str, sentence: Sentence, place: int) -> bool:
    """The help told at ``place`` brought about what is denied before it."""
    opening = max(sentence.start, place - _REACH)
    if low.startswith(_ALONE, place) or _NOT_OF_NOW.search(low, opening, place):
        return False
    return _UNTIL.search(low, opening, place) is not None or needed(low, sentence, place)


def needed(low: str, sentence: Sentence, place: int) -> bool:
    """Nothing was done without the help told at ``place``: "cannot rise without mod A"."""
    return _WITHOUT.search(low, max(sentence.start, place - _REACH), place) is not None
