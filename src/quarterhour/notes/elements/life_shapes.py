"""Ties of today's work to the patient's life told by the shape of a sentence ("For lifting her grandson out of the
crib") or by a word it shares with an aim ("The counter work is bill day").
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import Facts, roots, shares_a_word
from quarterhour.notes.elements.ties import NO_TIE
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded


def is_life(facts: Facts, sentence: Sentence) -> bool:
    """The shape of the sentence, or a word it shares with an aim, ties the work of this visit to the patient's life."""
    if sentence.mask & NO_TIE:
        return False
    low = facts.document.low
    start, end = sentence.words, sentence.end
    return (
        (sentence.gates & _FOR_ONES_GATE != 0 and _FOR_ONES.match(low, start, end) is not None)
        or (sentence.gates & _MADE_OF_GATE != 0 and _MADE_OF.search(low, start, end) is not None)
        or (sentence.gates & _IS_GATE != 0 and _is_aim(facts, sentence))
        or (sentence.gates & _ARRANGED_GATE != 0 and _is_arranged_for_aim(facts, sentence))
    )


# What the work is for or made of: "For lifting her grandson", "the rig is set to the height of that truck", "drilled so
# one aide can get her to breakfast", "Supper itself is the treatment".
_FOR_ONES: Final = folded(
    r"[-* ]*for (?!strengthen|improv|increas|maintain|stretch|reduc|decreas)[a-z]+ing (?:her|his|their) "
    r"(?!arms?|legs?|hands?|feet|balance|strength|posture|gait|rom)[a-z]{3}"
)
_MADE_OF: Final = folded(
    r"\b(?:set|raised|lowered|cut|built|stacked|marked|adjusted|sized|taped|loaded|filled) (?:to|at) (?:the )?"
    r"(?:same )?(?:height|width|depth|weight|length|size|distance|layout|angle) (?:of|as) (?:that|her|his|their) [a-z]|"
    r"\bso (?:that )?(?:one|an?|the|only one|any) (?:\w+ )?(?:aide|attendant|helper|person|caregiver|nurse|teacher|"
    r"neighbor) (?:can|could|may)\b|"
    r"\b(?:done|practi[cs]ed|rehearsed|trained|carried out|repeated) (?:on|in|at|with|from|over) (?:the|that|her|his) "
    r"(?:[a-z]+ )?[a-z]+ (?:that |where )?(?:she|he|they) (?!is|was|has|had|needs|uses? for|feels)[a-z]+s\b|"
    r"\b[a-z]+ itself (?:is|was) (?:the|today's) (?:treatment|exercise|practice|therapy|training|work|visit)\b"
)
_FOR_ONES_GATE, _MADE_OF_GATE = gate(_FOR_ONES), gate(_MADE_OF)


def _is_aim(facts: Facts, sentence: Sentence) -> bool:
    """What was treated is said to be what an aim names, or a part of something: "The counter work is bill day", "All
    three garage tasks are steps of bin day".
    """
    low = facts.document.low
    told = _IS.match(low, sentence.words, sentence.end)
    if told is None or not (_OF_TODAY.search(told["subject"]) or shares_a_word(facts, sentence, *told.span("subject"))):
        return False
    if told["of"] is not None:
        return True
    named = roots(low, *told.span("rest")) | set(told["rest"].split()[:1])
    return any(not named.isdisjoint(roots(low, goal.start, goal.end)) for goal in facts.goals)


def _is_arranged_for_aim(facts: Facts, sentence: Sentence) -> bool:
    """The tasks were arranged for something that an aim names: "Every floor task was set up to make the left roll the
    way to the toy".
    """
    low = facts.document.low
    told = _ARRANGED.search(low, sentence.words, sentence.end)
    if told is None:
        return False
    named = roots(low, told.end(), sentence.end)
    return any(not named.isdisjoint(roots(low, goal.start, goal.end)) for goal in facts.goals)


_ARRANGED: Final = folded(
    r"\b(?:tasks?|games?|work|practi[cs]e|play|drills?|lifts?)\b[^.;\n]{0,24}? (?:was|were) (?:set up|arranged|built|"
    r"laid out|planned|placed|staged) (?:to (?!meet|address|improve|increase|promote|reach|support|target|work|maximi|"
    r"facilitat|challenge|achieve)|so (?:that )?)(?=[a-z])"
)
_ARRANGED_GATE: Final = gate(_ARRANGED)
_IS: Final = folded(
    r"[-* ]*(?P<subject>[^.;:,\n]{3,60}?) (?:is|are|was|were) (?:all |both |the |a )?(?:(?P<of>(?:steps?|parts?|"
    r"pieces?|half|halves|stages?) of) )?(?P<rest>(?:the |her |his |their )?"
    r"(?!treatment|session|program|visit|plan|eval|therapy)[a-z]+(?: [a-z]+)?)(?=[.;]|\r?\n|$)"
)
_IS_GATE: Final = gate(_IS)
_OF_TODAY: Final = folded(r"\b(?:work|practi[cs]e|tasks?|training|drills?|lifts?|carry|carrying)\b")
