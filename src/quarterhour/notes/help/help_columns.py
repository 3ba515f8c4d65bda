"""Levels and cues in columns of their own: "FIM", "Assist", "Cue" at the head of a table, and below them "3", "min",
"touch L shoulder".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quarterhour.notes.help.cue_lists import Cue
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.text import is_row, split_cells


class _Column(NamedTuple):
    """Fim, gg, level or cue, the place of its head among the cells of the row, and its offset in the line."""

    kind: str
    place: int
    offset: int


def columned_help(low: str, lines: Sequence[tuple[int, int]], gates: int) -> Iterator[Cue]:
    """Levels and cues of such columns, in the order of the text; ``gates`` are those of the note."""
    if not gates & _HEADED_GATE or _HEADED.search(low) is None:
        return
    columns: list[_Column] = []
    width = 0  # cells of the row of heads
    for start, end in lines:
        line = low[start:end]
        if not is_row(line):
            columns = []
            continue
        cells = split_cells(line.rstrip())
        headed = _columns(cells) if len(cells) > 1 and any(word in line for word in _HEAD_WORDS) else []
        if headed:
            columns, width = headed, len(cells)
            continue
        for column in columns:
            cell, at = cells[column.place] if len(cells) == width else _nearest(cells, column.offset)
            level = _level_of(column.kind, cell)
            if level:
                yield Cue(level, start + at, start + at + len(cell), True)


# Without one of these between gaps or bars there is no such column.
_HEADED: Final = folded(
    r"(?:  |\t|\|) ?(?:fim|gg|assist|level|loa|help|a level|cue|prompt)[a-z ]{0,16}(?:  |\t|\||\r?\n|$)"
)
_HEADED_GATE: Final = gate(_HEADED)
_HEAD_WORDS: Final = ("fim", "gg", "assist", "level", "loa", "help", "cue", "prompt")


def _columns(cells: Sequence[tuple[str, int]]) -> list[_Column]:
    """The heads of such columns in a row; its first cell is that of the tasks."""
    return [
        _Column(match.lastgroup or "", place, offset)
        for place, (cell, offset) in enumerate(cells)
        if place and (match := _HEAD.fullmatch(cell)) is not None
    ]


_HEAD: Final = folded(
    r"(?P<fim>fim(?: score| level)?)|(?P<gg>gg(?: score| level)?)|(?P<level>assist(?:ance)?(?: level)?|"
    r"level(?: of assist(?:ance)?)?"
    r"|loa|help|a level|assist given)|(?P<cue>cue(?:s|ing)?(?: type| given| used)?|prompt(?:s|ing)?(?: type| level)?)"
)


def _nearest(cells: Sequence[tuple[str, int]], offset: int) -> tuple[str, int]:
    """The cell that stands below a head at ``offset``, ("", 0) where none stands near."""
    cell, at = min(cells[1:], key=lambda one: abs(one[1] - offset), default=("", 0))
    return (cell, at) if abs(at - offset) <= _NEAR else ("", 0)


_NEAR: Final = 12  # code points by which a cell may stand beside the head of its column


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


def kind_of_cue(words: str) -> str:
    """The kind of cue that the first of ``words`` names, "" for none."""
    return next((level for shape, level in _CUES if shape.match(words)), "")


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
