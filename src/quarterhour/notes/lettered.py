"""Levels of help told by a letter or two: "gait I.", "bathing S", "I with lifts", "curb, CG"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quarterhour.notes.document import Document
from quarterhour.notes.levels import SKIPPED, TASK, Assistance, read_level
from quarterhour.notes.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.patterns import folded, written

# A letter or two for a level: "gait I.", "I with lifts", "labels I 5/6", "curb, CG". One set of characters comes first:
# the search stops nowhere else. What follows says what has to stand before, in the folded copy.
_LETTER: Final = written(
    r"([CISs](?<!\w.)(?:(?<=[Ss])up|(?<=S)UP|(?<=C)G|(?<=[IS])))"
    r"(?:(?P<ends>(?!\. [A-Z][a-z]+,? (?:PT|OT|SLP|CO|DPT|CCC|MS|MA))(?=[;,.)]|[ \t]*(?:\r?\n|$)|[ ]{2,}|\t| \|))|"
    r"(?P<opens>(?= (?:with|w/|for|in|on) ?[a-z]|"
    r" (?:at|by) [a-z]| (?:first|last|rounds?|laps?|trials?|reps?|x) ?\d| (?:thereafter|throughout)\b|"
    r" (?:WITH|W/|FOR|IN|ON|AT|BY) ?[A-Z]))|"
    r"(?P<scored>(?= \d(?:/| of )\d))|(?P<counted>(?= \d{1,2}(?:[,;]|[ \t]*(?:\r?\n|$)|[ ]{2,}))))"
)
_LETTER_BEFORE: Final = {
    "ends": folded(r"(?:[a-z\d)>|]|[a-z]:|(?:[a-z\d]{2}|[)#])[,;.]|[ ] |-) $|[|\t\n]$"),
    "opens": folded(r"(?:^|\n|[.;:,] |[a-z]{2} |[ ] |- )$"),
    "scored": folded(r"[a-z] $"),
    "counted": folded(r"[a-z] \d{1,2}[,;] $"),  # "Min A 1, S 2": on how many of the tries
}
_NAMED_BEFORE: Final = folded(
    r"\b(?:and|so|that|type|as|grade|stage|phase|class|when|which|while|where|vitamin|the|his|her|to|from|by|or|"
    r"if|because|but|than|what|how|before|after|since|until|though|today|yesterday|then|also|of|"
    r"per|for|pta?|ot|slp|cota|dr|mrs?|ms) $"
)
_SECONDS: Final = folded(r"\d $")
_BY_FAMILY: Final = ("with ", "w/ ", "w/", "c ", "& ", "+ ")  # "reviewed with CG": the caregiver
_OPENER: Final = folded(r"(?:^|[\n.;:,(|>-]) ?$")
_TRIES: Final = folded(
    r" (?:for|on|by|in|at) (?:the )?(?:last|first|rest|second|third|fourth|fifth|final|others?|\d)\b"
)
_LETTER_LEVELS: Final = {"i": "independent", "s": "supervision", "c": "contact_guard"}


def lettered_levels(document: Document, found: Sequence[Assistance]) -> Iterator[Assistance]:
    """Levels told by a letter or two, where no other of ``found`` stands."""
    low = document.low
    for match in _LETTER.finditer(document.text):
        place, border = match.span(1)
        kind = match.lastgroup or ""
        before = low[max(0, place - 12) : place]
        named = len(match[1]) == 1 and _NAMED_BEFORE.search(before) is not None
        if named and kind == "opens" and before.endswith("then "):
            named = _TRIES.match(low, border) is None  # "CGA, then I for the last two"
        if named or _LETTER_BEFORE[kind].search(before) is None:
            continue
        holder = document.holding(place)
        if holder is None or holder.section in SKIPPED or any(item.start <= place < item.end for item in found):
            continue
        if (low[place] == "s" and _SECONDS.search(before)) or (low[place] == "c" and before.endswith(_BY_FAMILY)):
            continue
        if len(match[1]) == 1 and not holder.mask & (TASK | LEVELS):
            opens = kind == "opens" and _OPENER.search(before) is not None
            if not (opens and low.startswith((" with ", " w/"), border)):
                continue
        told = Hit(place, border, BIT["assist"], {"assist": _LETTER_LEVELS[low[place]]}, -1)
        item = read_level(document, holder, told)
        if item is not None:
            by_itself = holder.start == place and border + 1 >= holder.end  # "Sup." behind the tasks, tied to none
            yield msgspec.structs.replace(item, tied=not by_itself)
