"""What was held: a pose, a thing in the hand, or a task that was put off."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.wording.lexicon import Hit
from quarterhour.notes.wording.patterns import folded


def is_held(low: str, hit: Hit) -> bool:
    """What was held was part of the work, or its dose."""
    return low.startswith(("held", "holding"), hit.start) and (
        _HOLDING_THING.search(low, max(0, hit.start - _LONGEST_WHILE), hit.end + _HOLDING) is not None
        or _HELD.match(low, hit.start, hit.end + _HOLDING) is not None
        or _HOLDING_IT.match(low, hit.start, hit.end + _HOLDING) is not None
        or _HELD_POSE.match(low, hit.start, hit.end + _HOLDING) is not None
    )


# "held 45 seconds" is a dose, not a refusal; nor is what was held in a hand, in a place or in mind while something else
# was done: "tray held level", "list held during a phone call".
_HELD: Final = folded(
    r"(?:held|holding) (?:(?:for |x ?)?(?:\d|one|two|three|five|ten|fifteen|twenty|thirty|forty|sixty)|"
    r"(?:in mind|during|while|against|between|over(?:head)?|above|under|out|up|level|upright|steady|open|closed|"
    r"(?:at|in|with|by|on|to) (?:(?:the|an?|his|her|their|both|one|two|each|either|right|left|[rl]|arm'?s|eye|chest|"
    r"waist|shoulder|hip|knee|end|full|opposite|outstretched)\b )*(?:hands?|arms?|fingers?|palms?|lap|chest|waist|"
    r"shoulders?|hips?|knees?|sides?|length|level|height|range|standing|front|teeth|thumb|tips?|rail|bar|edge|belt|"
    r"strap|handles?|body|back))\b)"
)
# Nor is holding an everyday part of a task: "holding a jar steady with the left hand", "dealing and holding cards".
_HOLDING_IT: Final = folded(
    r"holding (?:(?:an?|the|his|her|their|one|two|both) )?(?:[a-z-]+ ){1,3}?(?:steady|still|level|upright|open|closed|"
    r"(?:with|in|on|between|against) (?:(?:the|an?|his|her|both|one|two) )?(?:(?:left|right|weak|affected|other|"
    r"helping|involved) )?(?:hands?|fingers?|thumb|fingertips|palm|arms?|lap|racks?|holders?|trays?|boards?|bowls?|"
    r"teeth))\b"
)
# Nor is what is held while something else is done, or held against, over or at a thing; an exercise is put off until
# another time: "holding her stairs until cleared".
_HOLDING_THING: Final = folded(
    r"(?:\bwhile holding\b|\bholding an? (?!(?:stretch|visit|session|week|day|few|lot)\b)[a-z]|\bholding (?:one|two|"
    r"both|his|"
    r"her|their|the) (?:[a-z-]+ ){1,2}(?:against|over|under|above|between|near|onto|level|open|in front)\b)"
    r"(?![^.;,\n]{0,30}\b(?:until|till|for now|due|d/t|pending|per|this week|because)\b)"
)
_LONGEST_WHILE: Final = len("while ")
# Nor is a pose that is held: "landing with a held finish".
_HELD_POSE: Final = folded(
    r"held (?:finish|end|pose|position|posture|stance|landing|squat|lunge|stretch|contraction|reach|breath|note|"
    r"tone)s?\b"
)
_HOLDING: Final = 40  # so far behind "held" stands what it was held in
