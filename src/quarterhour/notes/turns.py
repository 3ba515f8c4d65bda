"""Services and minutes that stand in turn in one line: each label has the one figure between it and the next label, or
between the label before and it, whatever was done being told in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.between import GLUE, OF, TASKED
from quarterhour.notes.mentions import Mention
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import MOVED, Label

# What names a figure as the whole visit's or all timed services', before or behind it.
_WHOLE_BEFORE: Final = folded(
    r"\b(?:totals?|tot|timed|untimed|session|visit|treatment|tx|seen|length|duration|for) ?(?:time|min\w*|codes?)?"
    r"[ :=(-]*\Z"
)
_WHOLE_AFTER: Final = folded(
    r",? (?:total|tot|in all|altogether|all told|timed total|session|visit|of (?:tx|treatment|therapy)\b)"
)
_JOINTS: Final = r"[ \t)\].;,:|/+&>*~-]*"
# What may stand between a figure and the label of the next service.
_CLOSES: Final = folded(
    rf"{_JOINTS}(?:(?:\(?=? ?\d ?u(?:nits?)?\b\)?|and|then|plus|timed|direct|billed|1:1|one[ -]on[ -]one|"
    rf"(?:cpt|code)\b|\d[.)]){_JOINTS}){{0,5}}$"
)
_ENDS: Final = folded(r"[ \t)\]]*(?:[.;,|/=\r\n(]|$|\d ?u|- |and |timed|1:1|direct)")
# Work by a machine or a dose in minutes is a part of a service: "bike 8 min".
_PART: Final = folded(
    r"\b(?:nustep|bike|biking|treadmill|ube|elliptical|warm[- ]?up|ergometer|stepper|cycle|pedal\w*|march\w*|walk\w*|"
    r"stand\w*|sit\w*|circuit|pack|stretch\w*|held|hold|level \d|l\d|x ?\d|x)[ ,]*(?:for |x |at |\()?$"
)


def in_turn(low: str, row: Sequence[Label], mentions: Sequence[Mention], line_end: int) -> list[Mention] | None:
    """The minutes of each label of a line, in order; None where labels and figures do not stand in turn."""
    if len(row) < 2:
        return None
    metres = all(mention.unit == "m" for mention in mentions) and not any(label.code in MOVED for label in row)
    borders = [0, *(mention.end for mention in mentions)]
    told = [
        mention
        for border, mention in zip(borders, mentions, strict=False)
        if mention.usable
        and (metres or mention.unit != "m")
        and not _WHOLE_AFTER.match(low, mention.end)
        and not _WHOLE_BEFORE.search(low, max(border, mention.first - 24), mention.first)
    ]
    if len(told) == len(row) + 1:
        told = _without_sum(low, row, told)
    if len(told) != len(row):
        return None
    if all(label.end <= mention.first for label, mention in zip(row, told, strict=True)):
        behind = all(mention.end <= label.start for mention, label in zip(told, row[1:], strict=False))
        return told if behind and all(_follows(low, row, told, place, line_end) for place in range(len(row))) else None
    if all(mention.end <= label.start for mention, label in zip(told, row, strict=True)):
        ahead = all(label.end <= mention.first for label, mention in zip(row, told[1:], strict=False))
        return told if ahead and all(map(_leads, (low,) * len(row), row, told)) else None
    return None


def _without_sum(low: str, row: Sequence[Label], told: list[Mention]) -> list[Mention]:
    """Of one figure too many, that which is the sum of the others goes: "45 min: TA 30 min, TE 15 min"."""
    total = sum(mention.value for mention in told)
    first, last = told[0], told[-1]
    if 2 * first.value == total and first.end <= row[0].start and not OF.match(low, first.end, row[0].start):
        return told[1:]
    if 2 * last.value == total and row[-1].end <= last.first and not GLUE.match(low, row[-1].end, last.first):
        return told[:-1]
    return told


def _follows(low: str, row: Sequence[Label], told: Sequence[Mention], place: int, line_end: int) -> bool:
    """The figure is the label's by standing beside it, or by closing what is told of the service."""
    label, mention = row[place], told[place]
    if GLUE.match(low, label.end, mention.first):
        return True
    if mention.first - label.end > 200 or _PART.search(low, label.end, mention.first):
        return False
    if place + 1 < len(row):
        return _CLOSES.match(low, mention.end, row[place + 1].start) is not None
    return _ENDS.match(low, mention.end, max(line_end, mention.end)) is not None


def _leads(low: str, label: Label, mention: Mention) -> bool:
    gap = low[mention.end : label.start]
    return GLUE.match(gap) is not None or (gap.endswith("(") and TASKED.match(gap) is not None)


