"""Words that point from today's work to the patient's life or to a goal, not named again: "This is that kitchen",
"her chair was copied for this", "she does this lift every weekday", "Begins G2".
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.ties import NO_TIE
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded


def points_at_life(sentence: Sentence) -> bool:
    """The sentence points from the work of this visit to a goal or to what the patient does in life."""
    if sentence.mask & _OTHERWISE:
        return False
    low, start, end = sentence.low, sentence.start, sentence.end
    if (
        sentence.mask & BIT["goal"]
        and sentence.gates & _GOAL_FED_GATE
        and _GOAL_FED.search(low, start, end) is not None
    ):
        return True
    pointed = (sentence.gates & _IS_THAT_GATE and _IS_THAT.match(low, start, end) is not None) or (
        sentence.gates & _POINTS_GATE and _POINTS.search(low, start, end) is not None
    )
    return bool(pointed) and _NO_WORK.search(low, start, end) is None


_OTHERWISE: Final = NO_TIE | BIT["symptom"]
_GOAL_FED: Final = folded(
    r"(?:(?<=[\n.;:] )|(?<=\n)|\A)(?:begins?|starts?|opens?|feeds?|serves?|builds?|furthers?|advances?|belongs? to|"
    r"(?:is )?part of|(?:goes|moves|counts?|leads?) (?:to|toward|towards|into|for)) (?:on |to |into )?"
    r"(?:g|goal|stg|ltg|aim)s? ?#?[a-z]?\d\b"
)
_IS_THAT: Final = folded(
    r"(?:this|that|it|these|those) (?:is|was|are|were) (?:that|those|the very|(?:her|his|their) (?:own|very)) "
    r"(?!of\b|is\b|same pain)[a-z]+"
)
_WHO: Final = r"(?:she|he|they|pt|patient|client|resident|student)"
_DOES: Final = (
    r"(?!(?:says|reports?|states|feels|has|needs|tolerates|thinks|denies|wants|finds|shows|demonstrates|is|was|performs|"
    r"completes|uses|requires|likes|gets|hates|knows|understands|forgets|loses)\b)[a-z]+s"
)
_LIVED: Final = (
    r"(?:every|each|daily|nightly|weekly|a (?:day|week|shift)|(?:times|once|twice) (?:a|per|an)|at (?:home|work|school|"
    r"church)|on (?:her|his|the) (?:job|shift|route|rounds)|in (?:her|his) (?:own|job|kitchen|shop|barn|garden))\b"
)
_POINTS: Final = folded(
    r"\bis what (?:(?:lets|allows) (?:her|him|them) [a-z]+|(?:keeps|gets|frees) (?:her|him|them) (?:in|at|out|on|off|"
    r"home|going|working|to|up|through|from))\b|"
    rf"\b(?:is|are) (?:that|those) of the [a-z]+ {_WHO} |"
    r"\bso (?:the|that|this) [a-z]+ (?:is|was) (?:the (?:point|task|one)|what counts)(?=[.;,]|$)|"
    r"\b(?:is|are|was|were) (?:[a-z]+ ){0,7}?for (?:this|that|these|it)(?=[.;,]|$)|"
    rf"\b{_WHO} (?:still )?{_DOES} (?:this|these|that very) [a-z]+[^.;\n]{{0,24}}?\b{_LIVED}|"
    r"\bare (?:both |all )?(?:things|tasks|jobs|moves|lifts|chores|errands|steps|trips) (?:that )?"
    rf"{_WHO} (?:still )?(?:does|do|makes?|lifts?|carr(?:y|ies)|takes?|runs?|drives?|repeats?|works?|uses?)\b"
)
_IS_THAT_GATE, _POINTS_GATE, _GOAL_FED_GATE = gate(_IS_THAT), gate(_POINTS), gate(_GOAL_FED)
# What was used for comfort or safety is not the work: "ice was used for that".
_NO_WORK: Final = folded(
    r"\b(?:ice|heat|pack|brace|splint|belt|rest|break|water|cue|cues|pain|medication|pillow|towel|walker|mask|oxygen|"
    r"billed|charged?)\b"
)
