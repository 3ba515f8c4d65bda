"""Ties that could be told of any patient: stock words of linkage, and sentences without a word of their own."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import span
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded


def is_stock(low: str, sentence: Sentence) -> bool:
    """What is said could be said of any patient: "All tasks were meaningful and occupation based"."""
    start, end = span(sentence)
    return _STOCK.match(low, start, end) is not None and _OWN.search(low, start, end) is None


_STOCK: Final = folded(
    r"(?:all |each |every |the |these |today's )?(?:\w+ )?(?:activit\w+|tasks?|interventions?|exercises?|tx|"
    r"treatments?|"
    r"therapy|session) [^.;]{0,60}?\b(?:functional|meaningful|purposeful|occupation|goal[- ](?:directed|oriented|"
    r"based)|"
    r"established|plan of care|poc|(?:to (?:meet|address|achieve|reach|target)|towards?|related to|tied to|linked to|"
    r"correspond\w* to|directed at) (?:\w+ )?goals)\b"
)
_OWN: Final = folded(r"\b(?:goal|ltg|stg|g) ?#?\d|\bso (?:she|he|that)\b|\bas (?:she|he)\b")


def has_own_word(low: str, sentence: Sentence) -> bool:
    """A word stands in the sentence that not every note of therapy has, or a figure."""
    return _OWN_WORD.search(low, sentence.start, sentence.end) is not None


_OWN_WORD: Final = folded(
    r"\b(?!(?:able|activit\w+|address\w*|adls?|iadls?|all|also|ambulation|and|any|are|arms?|at|balance|based|bathing|"
    r"be|because|"
    r"been|better|body|both|by|can|care|chosen|clients?|community|core|corresponds?|could|daily|deficits?|designed|"
    r"direct\w*|do|"
    r"does|dressing|each|established|every|exercises?|facilitated|for|from|function\w*|gait|goals?|had|hands?|has|"
    r"have|he|her|"
    r"him|his|hip|home|how|impairments?|improved?|in|increase|independen\w+|interventions?|into|is|it|knee|legs?|"
    r"level|life|"
    r"linked|living|lower|maximize|may|meaningful|mobility|need\w*|of|on|or|order|occupation|patients?|perform\w*|"
    r"plan|prior|"
    r"progress|provided|pt|purposeful|quality|related|requir\w+|resident|return\w*|saf\w+|seen|selected|self|session|"
    r"she|"
    r"skilled|so|strength|supports?|tasks?|that|the|them|their|therap\w+|these|they|this|those|to|today|towards?|"
    r"transfers?|"
    r"treatment|trunk|upper|was|were|what|which|who|why|will|with|work\w*)\b)(?:[a-z]{2,}|\d)"
)


def claims_function(low: str, sentence: Sentence) -> bool:
    """The work is said to be for function or independence: "activities to improve functional performance"."""
    return (
        sentence.gates & _FOR_FUNCTION_GATE != 0 and _FOR_FUNCTION.search(low, sentence.start, sentence.end) is not None
    )


_FOR_FUNCTION: Final = folded(
    r"\b(?:activit\w+|act|acts|exercises?|tasks?|transfers?|training|interventions?|balance|techniques?|lifting|lifts|"
    r"stands?|stairs|mobility)\b[^.;\n]{0,90}?\b(?:(?:to|for) (?:improve|promote|increase|maximi[sz]e|enhance|"
    r"facilitate|improved|increased|enhanced)) (?:[\w/,-]+ ){0,6}?(?:function\w*|independen\w+|adls?|iadls?|"
    r"performance|participation)\b"
)
_FOR_FUNCTION_GATE: Final = gate(_FOR_FUNCTION)
