"""What the patient managed or kept up under the work, the patient left unnamed: "Came to midline for 20 s", "Named two
more after writing the first letter", "Dry on 5 of 6 lifts", "No stop to rest between floors today".
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import NOT_TODAY
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_OTHERWISE: Final = BIT["stock_response"] | NOT_TODAY | BIT["goal"] | BIT["boilerplate"] | BIT["compare"]


def has_managed(low: str, sentence: Sentence) -> bool:
    """The sentence, which stands behind the begin of the treatment, opens with what the patient managed."""
    if not sentence.gates & _MANAGED_GATE or sentence.mask & _OTHERWISE or sentence.dates:
        return False
    return sentence.section in _WHERE and _MANAGED.match(low, sentence.words, sentence.end) is not None


_WHERE: Final = frozenset({"note", "assessment", "treatment", "objective", "progress"})
_NUMBER: Final = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|most|all)"
# Verbs of what happens to a patient or is found by one; those of a task ("walked", "lifted") tell the work itself.
_CAME: Final = (
    r"(?:came|got|stayed|kept|remained|held (?:(?:her|his) )?(?:head|trunk|midline|position|posture|gaze|sitting|"
    r"standing)|"
    r"found|named|opened|rose|stood up|sat up|turned|looked|reached|remembered|recalled|said|woke|tracked|"
    r"attended|matched|picked out|figured out|worked out)"
)
_HOW: Final = (
    rf"(?:(?:for|within|in) {_NUMBER} ?(?:s\b|sec|min|breaths|steps|counts)|"
    rf"(?:on|at|in|for) {_NUMBER} (?:of|out of) {_NUMBER}\b|on the (?:first|second|third|fourth|last|next) (?:try|"
    rf"attempt|trial|rep|go)\b|"
    r"(?:without|before) (?:looking|stopping|turning|losing|reaching|holding|it|she|he|the)\b|by (?:him|her)self\b|"
    r"(?:once|twice) (?:after|when|while)\b)"
)
_MANAGED: Final = folded(
    rf"[-* ]*(?:(?:she|he|pt|patient|client|resident) )?(?:{_CAME}\b(?![^.;\n]*\b(?:late|early)\b)"
    rf"[^.;\n]{{0,40}}? {_HOW}|"
    rf"(?:named|found|said|remembered|recalled|read|wrote|got|matched) {_NUMBER} (?:more|others?) (?:after|with|"
    rf"once|when)\b|"
    rf"(?:dry|steady|level|upright|even|quiet|clear|still|calm|balanced|stable|smooth|continent) "
    rf"(?:on|for|through|throughout|in|during|after) (?:the )?(?:{_NUMBER}|last|whole|first|second|rest|set|lift|"
    rf"drill|run)\b|"
    r"no (?:stops?|rests?|pauses?|holding on|grabs?|grabbing|reach(?:ing)? for [a-z ]{3,16})(?: (?:to [a-z]+|breaks?|"
    r"needed|taken))? (?:between|on|during|through|in|over) [^.;\n]{3,40})"
)
_MANAGED_GATE: Final = gate(_MANAGED)
