"""The parts of a sentence of which each tells one thing: between its commas and stops, and where its status turns."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.page.clauses import STATUS_CUES, Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_CORRECTION: Final = BIT["correction"]


def parts_of(document: Document, sentence: Sentence) -> list[tuple[int, int]]:
    """The sentence parted at its commas and stops, in a bracket at its semicolons alone; and where its status turns."""
    low = document.low
    parts: list[tuple[int, int]] = []
    start = sentence.start
    bracket_end = -1
    for match in _PART.finditer(low, sentence.start, sentence.end):
        border = match.start()
        if (border < bracket_end and low[border] != ";") or _after_initial(document.text, match):
            continue
        opening = low.rfind("(", start, border)
        if low[border] != ";" and opening >= 0 and low.find(")", opening, border) < 0:
            closing = low.find(")", border, sentence.end)
            if closing >= 0:
                bracket_end = closing
                continue
        parts.append((start, border))
        start = match.end()
    parts.append((start, sentence.end))
    if sentence.mask & STATUS_CUES:
        parts = [piece for part in parts for piece in _turns(low, sentence, *part)]
    if sentence.mask & _CORRECTION:
        return [piece for part in parts for piece in _before_correction(low, sentence, *part)]
    return parts


# One set of characters comes first: the search stops nowhere else.
_PART: Final = folded(
    r"[;,:\n|.☐☒\[-](?:(?<=\[)[x ]\] ?|(?<=[☐☒]) ?|(?<=[;,:])\s(?:and (?:then )?|then )?|(?<=[\n|])|(?<=\.) |"
    r"(?<= -)-? )"
)


def _after_initial(text: str, match: re.Match[str]) -> bool:
    """The full stop stands after the initial or the title of a name: "K. Lindqvist", "Mr. Tanner"."""
    place = match.start()
    return (
        text[place] == "."
        and place > 1
        and ((text[place - 1].isupper() and not text[place - 2].isalnum()) or text.endswith(_TITLES, 0, place))
        and text[match.end() : match.end() + 1].isupper()
    )


_TITLES: Final = (" Mr", " Mrs", " Ms", " Dr")


def _turns(low: str, sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of one in which the status turns, a bracket with a cue of its own among them."""
    if end - start < _SHORTEST_TURN:
        return [(start, end)]
    parts: list[tuple[int, int]] = []
    opening = low.find("(", start + 4, end)
    closing = low.find(")", opening, end) if opening >= 0 else -1
    if any(opening < cue.start < closing for cue in sentence.cues):
        return [
            *_turns(low, sentence, start, opening),
            (opening + 1, closing),
            *_turns(low, sentence, closing + 1, end),
        ]
    for turn in _TURN.finditer(low, start + 4, end) if sentence.gates & _TURN_GATE else ():
        parts.append((start, turn.start()))
        start = turn.end()
    parts.append((start, end))
    return parts


_SHORTEST_TURN: Final = 20  # code points
# Where a sentence that holds a cue of another status may turn from what was done to what was not, or back: "instead of
# tub transfers we did stairs", "stairs x 4 but no curbs", "skipped curbs and did stairs".
_TURN: Final = folded(
    r" (?:(?=(?:we|she|he|i|pt|patient) (?:did|worked|practiced|performed|completed|stayed|went)\b)|"
    r"and (?=(?:then |instead )?(?:did|worked|practi[cs]ed|performed|completed|stayed|went|tried|moved)\b)|"
    r"(?:but|while|whereas|so) (?!that\b|as\b)|then (?=[^,;.]{3,40}\bnext\b)|before (?=[^,;.]{3,40}\bnext\b)|"
    r"(?=(?:instead|in place|in lieu) of\b|rather than\b))"
)
_TURN_GATE: Final = gate(_TURN)


def _before_correction(low: str, sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """Of "stance with catches and hops over a line, strike that" only the last is taken back; "strike that" itself is
    no part.
    """
    cues = [hit for hit in sentence.hits if hit.mask & _CORRECTION]
    if any(hit.start - start < 4 and end - hit.end < 3 for hit in cues):
        return []
    if any(0 <= hit.start - end < 4 for hit in cues):
        place = low.rfind(" and ", start, end)
        if place > 0:
            return [(start, place), (place + 5, end)]
    return [(start, end)]
