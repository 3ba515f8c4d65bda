"""What others than the clinician do with the patient: work left to the family, and practice that is their habit. None
of it is treatment of this visit.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import LEVELS
from quarterhour.notes.wording.patterns import folded

_KIN: Final = (
    r"son|daughter|wife|husband|spouse|partner|mother|father|mom|dad|parents?|family|caregiver|"
    r"grand(?:mother|father|ma|pa|son|daughter)|aunt|uncle|sister|brother|niece|nephew|neighbor"
)
# "Son to do hallway laps with her": what is left to the family opens with who is to do it, or goes on with it.
_LEFT_TO: Final = folded(
    rf"[-* ]*(?:(?:her|his|the) )?(?:{_KIN}) "
    r"(?:(?:(?:is|are|agree[sd]|plans?) )?(?:to|will|going to) (?:(?:also|now|then) )?(?:do|try|repeat|practi[cs]e|"
    r"help (?:(?:him|her|them) )?with|go over|go through|keep up|continue(?: with)?|run|lead|supervise)|"
    r"(?:will )?(?:continues?|keeps? up|goes on with)(?: with)?) (?![^.;\n]*\bnext (?:visit|session|time|week)\b)"
)
# Practice told as a habit of the family: "With her niece she climbs the porch steps, each noon".
_WITH_FAMILY: Final = folded(
    rf"[-* ]*with (?:her|his|their|the) (?:{_KIN}) (?:s?he|they|pt|patient|client) "
    r"(?:also |now |still )?(?:walks?|climbs?|does|do|practi[cs]es?|goes|repeats?|works?|rides?|stretches|exercises)\b"
)
_OTHERS: Final = (
    rf"(?:{_KIN}|friend|cousin|roommate|carer|sitter|aide|cna|staff|nurse|teacher|fianc[a-z]{{1,2}}|girlfriend|"
    r"boyfriend|gran|companion|coach|housemate|volunteer|boss|co-?worker)"
)
# In the present, with any verb but those of being, saying, seeing and learning: "His roommate counts the heel raises".
_HABIT: Final = folded(
    rf"[-* ]*(?:(?:her|his|their|the|an?|my) )?(?:(?!(?:and|or|with)\b)[a-z-]+ ){{0,2}}?{_OTHERS}s?"
    rf"(?: and (?:s?he|they|(?:(?:her|his|the) )?{_OTHERS}s?))? (?:(?:also|now|still|already|usually|often) )?"
    r"(?!(?:is|was|has|needs|reports|states|says|tells|thinks|asks|wants|wishes|feels|likes|lives|notes|notices|"
    r"watches|observes|attends|demonstrates|returns|shows (?:good|safe|under|how|me|us)|verbali[sz]es|understands|"
    r"learns|participates|arrives|brings|joins|guards|agrees|calls|expects|hopes|knows|remains|requires|plans|"
    r"worries|confirms|presents) )"
    r"(?:[a-z]+s|walk|do|take|run|practi[cs]e|help|give|count|lead|climb|ride|sit|see to|go|work|read|stretch|keep) "
)
_HABIT_GATE: Final = gate(_HABIT)
# Whom it is done with, or when: "with him", "after supper". What is done to the patient alone may be of this visit.
_WITH_PATIENT: Final = folded(
    r"\bwith (?:him|her|them)\b|"
    r"\b(?:each|every|most|after|before|at|on|in the) (?:[a-z]+ )?(?:nights?|mornings?|noon|evenings?|afternoons?|"
    r"days?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|lunch|dinner|supper|breakfast|school|work|church|"
    r"bed(?:time)?|meals?|baths?|home)\b"
)
# Or it is told of this visit.
_OF_NOW: Final = folded(
    r"\btoday\b|\bthis (?:visit|session|morning|afternoon|time|date)\b|\b\d{1,3} ?(?:ft|feet|m|steps|stairs)\b|\bmy\b|"
    r"\bx ?\d|\bwhile (?:i|ot|pt|slp|therapist)\b"
)


def left_to_family(low: str, opening: int, start: int) -> bool:
    """What the phrase at ``start`` tells is left to the family, by the part that begins at ``opening``: "his daughter
    will do the hallway walk".
    """
    return _LEFT_TO.match(low, opening, start) is not None


def with_family(low: str, sentence: Sentence, end: int) -> bool:
    """The sentence opens with practice beside the family, before the ``end`` of the phrase."""
    return _WITH_FAMILY.match(low, sentence.start, end) is not None


def is_habit_of_others(low: str, sentence: Sentence, start: int) -> bool:
    """What the phrase at ``start`` tells is what others do with the patient between visits: "The night aide does the
    ankle pumps with him".
    """
    if not sentence.gates & _HABIT_GATE or sentence.mask & LEVELS:
        return False
    opening = max(sentence.words, low.rfind("; ", sentence.words, start) + 2)
    told = _HABIT.match(low, opening, sentence.end)
    return (
        told is not None
        and _WITH_PATIENT.search(low, told.end(), sentence.end) is not None
        and _OF_NOW.search(low, told.end(), sentence.end) is None
    )
