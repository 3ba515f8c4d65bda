"""Levels and cues in columns of their own: "FIM", "Assist", "Cue" at the head of a table, and below them "3", "min",
"touch L shoulder".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quarterhour.notes.cue_lists import Cue
from quarterhour.notes.gates import gate
from quarterhour.notes.patterns import folded
from quarterhour.notes.text import split_cells

_HEAD: Final = folded(
    r"(?P<fim>fim(?: score| level)?)|(?P<gg>gg(?: score| level)?)|(?P<level>assist(?:ance)?(?: level)?|"
    r"level(?: of assist(?:ance)?)?"
    r"|loa|help|a level|assist given)|(?P<cue>cue(?:s|ing)?(?: type| given| used)?|prompt(?:s|ing)?(?: type| level)?)"
)
# Without one of these between gaps or bars there is no such column.
_HEADED: Final = folded(
    r"(?:  |\t|\|) ?(?:fim|gg|assist|level|loa|help|a level|cue|prompt)[a-z ]{0,16}(?:  |\t|\||\r?\n|$)"
)
_HEADED_GATE: Final = gate(_HEADED)
_HEAD_WORDS: Final = ("fim", "gg", "assist", "level", "loa", "help", "cue", "prompt")
_SCORE: Final = folded(r"(?:fim ?)?([1-7])")
_ITEM_SCORE: Final = folded(r"(?:gg ?)?0?([1-6])")
_LEVELS: Final = (
    (folded(r"(?:mod i|mi|mod ind\w*)\b"), "modified_independent"),
    (folded(r"(?:i|ind\w*)\b"), "independent"),
    (folded(r"(?:set-?up|s/u)\b"), "setup"),
    (folded(r"(?:sba|standby|stand-by)\b"), "standby"),
    (folded(r"(?:cga|cg|contact guard)\b"), "contact_guard"),
    (folded(r"(?:s|sup\w*|spv|close s|distant s)\b"), "supervision"),
    (folded(r"min(?:imal|imum)?\b"), "minimal"),
    (folded(r"mod(?:erate)?\b"), "moderate"),
    (folded(r"max(?:imal|imum)?\b"), "maximal"),
    (folded(r"(?:dep\w*|d)\b"), "dependent"),
    (folded(r"(?:total|tot)\b"), "total"),
)
_CUES: Final = (
    (folded(r"(?:\d+ )?(?:vc|verbal|spoken|word|told|said|reminder|auditory|\")"), "verbal_cues"),
    (folded(r"(?:\d+ )?(?:tc|tactile|touch|tap|manual|physical|hand on)"), "tactile_cues"),
    (folded(r"(?:\d+ )?(?:visual|picture|mirror|written|card|(?:\w+ )?tape|photo|color)"), "visual_cues"),
    (folded(r"(?:\d+ )?(?:gest|point)"), "gestural_cues"),
    (folded(r"(?:\d+ )?(?:model|demo|unison)"), "modeling"),
    (
        folded(r"(?:\d+ )?(?:phonemic|semantic|first (?:sound|letter)|initial sound|sentence completion|carrier)"),
        "phonemic_cues",
    ),
    (folded(r"(?:\d+ )?(?:hoh|hand over hand|hand-over-hand)"), "hand_over_hand"),
)
_NEAR: Final = 12  # code points by which a cell may stand beside the head of its column


def columned_help(low: str, lines: Sequence[tuple[int, int]], gates: int) -> Iterator[Cue]:
    """Levels and cues of such columns, in the order of the text; ``gates`` are those of the note."""
    if not gates & _HEADED_GATE or _HEADED.search(low) is None:
        return
    heads: list[tuple[str, int, int]] = []  # kind, place in the row, offset
    width = 0
    for start, end in lines:
        line = low[start:end]
        if "  " not in line.strip() and "\t" not in line and "|" not in line:
            heads = []
            continue
        cells = split_cells(line.rstrip())
        if len(cells) > 1 and any(word in line for word in _HEAD_WORDS):
            named = [
                (match.lastgroup or "", place, offset)
                for place, (cell, offset) in enumerate(cells)
                if place and (match := _HEAD.fullmatch(cell)) is not None
            ]
            if named:
                heads, width = named, len(cells)
                continue
        for kind, place, offset in heads:
            if len(cells) == width:
                cell, at = cells[place]
            else:
                cell, at = min(cells[1:], key=lambda one: abs(one[1] - offset), default=("", 0))
                if abs(at - offset) > _NEAR:
                    continue
            level = _level_of(kind, cell)
            if level:
                yield Cue(level, start + at, start + at + len(cell), True)


def _level_of(kind: str, cell: str) -> str:
    if kind == "fim":
        score = _SCORE.fullmatch(cell)
        return f"FIM_{score[1]}" if score else ""
    if kind == "gg":
        score = _ITEM_SCORE.fullmatch(cell)
        return f"GG_0{score[1]}" if score else ""
    if kind == "cue":
        return kind_of_cue(cell)
    return next((level for shape, level in _LEVELS if shape.match(cell)), "")


def kind_of_cue(words: str) -> str:
    """The kind of cue that the first of ``words`` names, "" for none."""
    return next((level for shape, level in _CUES if shape.match(words)), "")
