"""Levels and cues of a line that its label gives to help: "Help: spoken choice of two x 5, first sound x 3, last call
with none". Each part of the line is one of them, told by its first word, or work told as done alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quarterhour.notes.help.cue_lists import Cue
from quarterhour.notes.help.help_columns import kind_of_cue
from quarterhour.notes.wording.patterns import folded

_LABEL: Final = folded(
    r"[-*> \t]*(?:\d{1,2}[.)] )?(?:help|assist(?:ance)?|cues?|cueing|cuing|prompts?|prompting|support|level)"
    r"(?: (?:given|provided|needed|used|level|today|required))*(?: ?[:=]| -{1,2}) "
)
# How the line of such a label begins, or of a list it may stand in.
_OPENINGS: Final = ("help", "assist", "cue", "cuing", "prompt", "support", "level", " ", "\t", *"-*>0123456789")
_LONGEST: Final = 600  # code points of a line
_PART: Final = folded(r"[^,;.\"]*(?:\"[^\"\n]*\"[^,;.\"]*)*")  # a comma between quotation marks parts nothing
_ALONE: Final = folded(
    r"(?:then )?(?:(?!lives?\b|left\b|she\b|he\b|is\b|was\b)[a-z\d]+ ){0,4}(?:alone|by (?:him|her)self|unaided|"
    r"unassisted|unprompted|uncued|with none|on (?:his|her|their) own)"
)


def help_lines(low: str, lines: Sequence[tuple[int, int]]) -> Iterator[Cue]:
    """Cues, and work done alone, of such lines in the order of the text."""
    for start, end in lines:
        short = end - start < _LONGEST and low.startswith(_OPENINGS, start)
        label = _LABEL.match(low, start, end) if short else None
        if label is None:
            continue
        for part in _PART.finditer(low, label.end(), end):
            said = part[0].strip()
            at = part.start() + part[0].find(said)
            if _ALONE.fullmatch(said):
                yield Cue("independent", at, at + len(said), True)
            elif said and (kind := kind_of_cue(said)):
                yield Cue(kind, at, at + len(said), True)
