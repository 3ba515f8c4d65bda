"""What a note carried over from an earlier one: told by a mark, and none of this visit."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded

# Work carries things as well: "carried over log rolling", "crate carried from 30 in", "carried forward 20 ft". What
# comes from another note says from where, or stands as a mark by itself.
_CARRIED: Final = folded(
    r"(?:carried|copied|pulled|brought|imported|cloned|forwarded|pasted|(?:pre)?populated) "
    r"(?:forward(?! (?:\d+ ?(?:ft|feet|foot|m|meters?|steps|yards?)\b|and|to|with|across|onto|into))|"
    r"over(?= ?(?:from|text|note|[:.*=~#>\])}-]|\r?\n|$))|"
    r"from (?:\d{1,2}[/-]\d|(?:the |her |his )?(?:last|previous|prior|(?:initial |old |earlier |first |intake |"
    r"admission )*(?:eval\w*|notes?|visit|entry|intake|ie|soc)\b(?! (?:rack|pad|book|board|card|stand|holder)))))"
    r"[^\n]*|"
    r"(?:auto[- ]?(?:forwarded|populated|imported|filled|copied)|(?:carry|copy|pull)-forward)\b[^\n]*|"
    r"(?<=[-*=#~<\[] )(?:previous|prior|last|from(?: last| previous| prior)?) (?:note|visit note|session note|entry)\b"
    r"[^\n]{0,40}"
)
_CARRIED_GATE: Final = gate(_CARRIED)
_END: Final = folded(
    r"\bend (?:of )?(?:the )?(?:carried|carry|copied|copy|pulled|prior|previous)[^\n]*|-{3,}[^\n]*end[^\n]*|"
    r"\n[ \t]*[*=~#<\[({]{1,6} ?end\b[^\n]{0,24}"
)
# How every end that is marked begins, for a gate that seldom opens.
_END_MARK: Final = folded(
    r"end (?:of )?(?:the )?(?:carr|cop|pull|prior|prev)|\(end|<end|\[end|\{end|#end|# end|\*end|\* end|=end|= end|"
    r"--end|-- end"
)
_END_GATE: Final = gate(_END_MARK)
# Where an end is marked, a line between marks that names the note the text comes from opens it: "(from initial note
# 08/11/2026, in every visit)".
_HEADED: Final = folded(
    r"(?:(?<=\n)|\A)[ \t]*[*=~#<\[({-]{1,6} ?(?:[a-z,/\d]+ ){0,5}?(?:from|of|in|per|since) (?:the |her |his )?"
    r"(?:\d{1,2}[/-]\d|(?:(?:last|previous|prior|initial|old|earlier|first|intake|admission) )*"
    r"(?:eval\w*|notes?|visit|entry|intake|ie|soc)\b)[^\n]*[*=~#>\])}-][ \t]*\r?(?=\n)"
)
# A line that is nothing but the mark of what was carried: what it opens ends at a blank line or where today begins.
_MARK: Final = folded(
    r"[ \t]*[*=~#<\[({-]{0,6} ?(?:carried|copied|pulled|brought|forwarded|imported|cloned|pasted|"
    r"(?:pre)?populated|previous|prior|last|from (?:last|previous|prior)|from note)\b[^\n]{0,60}"
    r"[*=~#>\])}:-]+[ \t]*\r?\n"
)
_NOW_AGAIN: Final = folded(r"\n(?=[ \t]*(?:\r?\n|(?:today|this visit|this date|new|current|update|addend)\w*\b))")


def find_carried(low: str, gates: int) -> tuple[int, int]:
    """Where the text of another note begins and ends; (0, 0) where there is none. ``gates`` are those of the note."""
    opening = _CARRIED.search(low) if gates & _CARRIED_GATE else None
    if opening is None and gates & _END_GATE and _END.search(low):
        opening = _HEADED.search(low)
    if opening is None:
        return 0, 0
    closing = _END.search(low, opening.end())
    if closing is None and _MARK.match(low, low.rfind("\n", 0, opening.start()) + 1):
        closing = _NOW_AGAIN.search(low, opening.end() + 1)
    return opening.start(), closing.end() if closing else opening.end()
