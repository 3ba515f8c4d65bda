"""Work whose words would tell another class, and which tell only how the work of its service was done."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded


def is_as_served(expected: str, kind: str, phrase: str) -> bool:
    """What would be of one ``kind`` by its words is work of the class ``expected`` of its service: a throw on one knee
    for the balance, a walk against a band, the steps of a task told in turn. Walking and stairs stay walking whatever
    they are billed as.
    """
    pattern = _AS_SERVED.get((expected, kind))
    return pattern is not None and pattern.search(phrase) is not None


_STANCE: Final = (
    r"\b(?:feet|foot) (?:staggered|together|apart|in tandem)|\b(?:half|tall)[- ]kneel\w*|\b(?:tandem|staggered|"
    r"semi-?tandem|narrow|split) (?:stance|stand\w*|base)|\bone[- ]leg(?:ged)?\b|\bsingle[- ]leg\b|\b(?:bosu|"
    r"wobble board|rocker board|foam|airex)\b|\beyes (?:closed|shut)\b"
)
_SHIFTS: Final = (
    r"\b(?:reach(?:es|ing)?|step(?:ping|s)? over|step(?:ping)? (?:taps?|to)|toss(?:es|ing)?|catch(?:ing)?|chops?|"
    r"weight bearing|base of support|quadruped|perturb\w*)\b"
)
_STEPPING: Final = r"\b(?:stepping|heel[- ]toe|stop and turn|marching)\b"
_AGAINST: Final = folded(
    r"\b(?:band(?:ed)?|tubing|thera-?band|resisted|against (?:the |a )?(?:current|cord|cable)|"
    r"treadmill(?=[^.;\n]*\d))\b"
)
_IN_TURN: Final = folded(
    r"\bsteps? (?:of|to|for|in) (?:an? |the |her |his |making|getting|paying|doing|using|planting|cooking)"
)
_AS_SERVED: Final = {
    ("neuromuscular", "functional_activity"): folded(rf"{_STANCE}|{_SHIFTS}"),
    ("neuromuscular", "exercise"): folded(rf"{_STANCE}|{_STEPPING}"),
    ("neuromuscular", "gait"): folded(_STANCE),
    ("exercise", "gait"): _AGAINST,
    ("speech_language", "gait"): _IN_TURN,
    ("cognition", "gait"): _IN_TURN,
}


def is_posture_of_swallowing(document: Document, phrase: str) -> bool:
    """A posture that is an exercise of the neck elsewhere is one for swallowing where a note treats that."""
    return (
        document.gates & _OF_SWALLOWING_GATE != 0
        and _OF_SWALLOWING.search(document.low) is not None
        and _POSTURE.search(phrase) is not None
    )


_POSTURE: Final = folded(r"\bchin[- ](?:tucks?|down)\b|\bhead (?:turns?|tilts?|rotations?|lifts?)\b")
_OF_SWALLOWING: Final = folded(r"92526|swallow|dysphagia|aspirat|liquids|bolus")
_OF_SWALLOWING_GATE: Final = gate(_OF_SWALLOWING)
