"""A comparison beside a level of help that is of something else: it says nothing of when the help was given."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded


def is_other_compared(low: str, sentence: Sentence, end: int) -> bool:
    """What is compared behind a level that ends at ``end`` has a name of its own, and no level: "frequent vc for body
    mechanics; hip hinge improved from 4/10 to 8/10".
    """
    if not sentence.gates & _OWN_CHANGE_GATE:
        return False
    other = _OWN_CHANGE.search(low, end, sentence.end)
    return (
        other is not None
        and not sentence.has(BIT["compare"], sentence.start, end)
        and not sentence.has(LEVELS, other.start(), sentence.end)
    )


_OWN_CHANGE: Final = folded(
    r"(?:[;,]|\b(?:and|but|while|though|with|as))(?: (?:and|but|while|though|with|the|her|his|their|pt's|overall))* "
    r"(?!(?:it|this|that|which|was|were|is|needed|required|level|help|amount|need|down|up|improved|now|only|cue|last|"
    r"compared|previously|from|who|better|less|more|fewer)\b)(?:[a-z][\w/'-]* ){1,4}?(?:(?:has|have|is|was|were|did) )?"
    r"(?:(?:improv|increas|decreas|progress|reduc|advanc|chang|climb|grew|gain)[a-z]*|rose|fell|went|dropped|up|down|"
    r"better) (?:[a-z]+ ){0,2}?(?:from|by|to)\b"
)
_OWN_CHANGE_GATE: Final = gate(_OWN_CHANGE)
