"""Levels of help told by a letter or two: "gait I.", "bathing S", "I with lifts", "curb, CG"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quarterhour.notes.help.levels import SKIPPED, TASK, Assistance, read_level
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.wording.patterns import folded, written


def lettered_levels(document: Document, found: Sequence[Assistance]) -> Iterator[Assistance]:
    """Levels told by a letter or two, where no other of ``found`` stands."""
    for match in _LETTER.finditer(document.text):
        place, border = match.span(1)
        if not _is_level(document.low, match):
            continue
        holder = document.holding(place)
        if holder is None or holder.section in SKIPPED or any(item.start <= place < item.end for item in found):
            continue
        if len(match[1]) == 1 and not holder.mask & (TASK | LEVELS) and not _opens_manner(document.low, match):
            continue
        told = Hit(place, border, BIT["assist"], {"assist": _LETTER_LEVELS[document.low[place]]}, -1)
        item = read_level(document, holder, told)
        if item is not None:
            by_itself = holder.start == place and border + 1 >= holder.end  # "Sup." behind the tasks, tied to none
            yield msgspec.structs.replace(item, tied=not by_itself)


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
_LETTER_LEVELS: Final = {"i": "independent", "s": "supervision", "c": "contact_guard"}


def _is_level(low: str, match: re.Match[str]) -> bool:
    """The words before the letters let them be a level: not the name of something, seconds, or the caregiver."""
    place = match.start(1)
    before = low[max(0, place - _REACH) : place]
    if _LETTER_BEFORE[match.lastgroup or ""].search(before) is None:
        return False
    if low[place] == "s" and _SECONDS.search(before):
        return False
    if low[place] == "c" and before.endswith(_BY_FAMILY):
        return False
    return len(match[1]) > 1 or _NAMED_BEFORE.search(before) is None or _is_change(low, match, before)


def _is_change(low: str, match: re.Match[str], before: str) -> bool:
    """The level is that of the last tries: "CGA, then I for the last two"."""
    return match.lastgroup == "opens" and before.endswith("then ") and _TRIES.match(low, match.end(1)) is not None


_REACH: Final = 12  # code points before the letters
_LETTER_BEFORE: Final = {
    "ends": folded(r"(?:[a-z\d)>|]|[a-z]:|(?:[a-z\d]{2}|[)#])[,;.]|[ ] |-) $|[|\t\n]$"),
    "opens": folded(r"(?:^|\n|[.;:,] |[a-z]{2} |[ ] |- )$"),
    "scored": folded(r"[a-z] $"),
    "counted": folded(r"[a-z] \d{1,2}[,;] $"),  # "Min A 1, S 2": on how many of the tries
}
_SECONDS: Final = folded(r"\d $")
_BY_FAMILY: Final = ("with ", "w/ ", "w/", "c ", "& ", "+ ")  # "reviewed with CG": the caregiver
_NAMED_BEFORE: Final = folded(
    r"\b(?:and|so|that|type|as|grade|stage|phase|class|when|which|while|where|vitamin|the|his|her|to|from|by|or|"
    r"if|because|but|than|what|how|before|after|since|until|though|today|yesterday|then|also|of|"
    r"per|for|pta?|ot|slp|cota|dr|mrs?|ms) $"
)
_TRIES: Final = folded(
    r" (?:for|on|by|in|at) (?:the )?(?:last|first|rest|second|third|fourth|fifth|final|others?|\d)\b"
)


def _opens_manner(low: str, match: re.Match[str]) -> bool:
    """The letter opens its part of a line, and what was done so follows: "I with lifts"."""
    place = match.start(1)
    if match.lastgroup != "opens" or not low.startswith((" with ", " w/"), match.end(1)):
        return False
    return _OPENER.search(low[max(0, place - _REACH) : place]) is not None


_OPENER: Final = folded(r"(?:^|[\n.;:,(|>-]) ?$")
