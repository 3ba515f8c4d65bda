"""Sentences that open with the visits to come: "Two more this week, conversation at the window", "Back Thursday, stair
training", "Three visits left: car transfer". What follows is planned.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded

_NUMBER: Final = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|a couple|several)"
_VISITS: Final = r"(?:visits?|sessions?|treatments?|appointments?|appts?|weeks?|wks?|months?)"
_DAY: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    r"tomorrow)s?"
)
_WHEN: Final = (
    rf"(?:(?:this|next|the following|the coming) (?:week|month)|(?:on )?(?:next )?{_DAY}\b|(?:over|in|within|across) "
    rf"(?:the next )?{_NUMBER} (?:weeks?|wks?|months?)|on \d{{1,2}}/\d{{1,2}}|"
    r"before (?:discharge|d/?c|the (?:holidays?|surgery|recheck|trip|move)))"
)
_COMES_BACK: Final = (
    r"(?:(?:he|she|pt|patient|client|resident) (?:is |will be )?)?(?:back|returns?|returning|sees? (?:me|us)|"
    r"comes? back|"
    r"rtc|see (?:him|her|them)) (?:again )?"
)
_TO_COME: Final = folded(
    rf"[-*> ]*(?:(?:then|plan|only|just|with) )?(?:(?:on )?{_DAY}(?: and {_DAY})?,? )?(?:"
    rf"{_NUMBER} more(?: [a-z]+)?? {_VISITS}\b|another (?:{_NUMBER} )?{_VISITS}\b|"
    rf"(?:once|twice|{_NUMBER}|{_NUMBER} times) (?:more |(?!this)){_WHEN}(?! than)(?=[.,;:\n]| (?:for|"
    r"to|with|then|and)\b|$)|"
    rf"{_NUMBER} {_VISITS} (?:left|remain(?:ing|s)?|to go)\b|"
    rf"{_COMES_BACK}{_WHEN}(?=[.,;:\n]| (?:for|to|with|then|and)\b|$))(?! than)"
)
_OPENS_GATE: Final = gate(_TO_COME)
_TODAY: Final = BIT["today"]


def visits_to_come(low: str, sentence: Sentence) -> int | None:
    """Where the words end with which the sentence opens on the visits to come, None where it does not."""
    if not sentence.gates & _OPENS_GATE or sentence.mask & (_TODAY | LEVELS):
        return None
    opening = _TO_COME.match(low, sentence.words, sentence.end)
    return None if opening is None else opening.end()


def tells_what_is_to_come(low: str, sentence: Sentence, place: int) -> bool:
    """The sentence opens with visits to come, before what stands at ``place``."""
    border = visits_to_come(low, sentence)
    return border is not None and border <= place
