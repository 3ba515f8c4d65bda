"""Services and minutes that stand in turn in one line: each label has the one figure between it and the next label, or
between the label before and it, whatever was done being told in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quarterhour.notes.page.document import Document
from quarterhour.notes.services.mentions import Mention
from quarterhour.notes.services.services import Label
from quarterhour.notes.wording.between import GLUE, LONGEST_ROW, OF, OWN_FIGURE, PART, TASKED
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import started


def in_turn(
    document: Document, row: Sequence[Label], mentions: Sequence[Mention], line_end: int
) -> list[Mention] | None:
    """The minutes of each label of a line, in order; None where labels and figures do not stand in turn."""
    if not 2 <= len(row) <= LONGEST_ROW:
        return None
    low, in_metres = document.low, document.lexicon.codes.in_metres
    if all(OWN_FIGURE.match(low, label.end) for label in row):
        return None
    minutes = all(mention.unit == "m" for mention in mentions) and not any(label.code in in_metres for label in row)
    borders = [0, *(mention.end for mention in mentions)]
    ends = [max((label.end for label in row if label.end <= told.first), default=0) for told in mentions]
    borders = [max(border, end) for border, end in zip(borders, ends, strict=False)]
    told = [
        mention
        for border, mention in zip(borders, mentions, strict=False)
        if mention.usable
        and (minutes or mention.unit != "m")
        and not _WHOLE_AFTER.match(low, mention.end)
        and not _WHOLE_BEFORE.search(low, max(border, mention.first - 24), mention.first)
    ]
    return _turns(low, row, told, line_end) or (
        _turns(low, row, _without_sum(low, row, told), line_end) if len(told) == len(row) + 1 else None
    )


# What names a figure as the whole visit's or all timed services', before or behind it.
_WHOLE_BEFORE: Final = folded(
    r"\b(?:totals?|tot|timed|untimed|session|visit|(?:treatment|tx)(?! ?:)|seen|length|duration|for) ?(?:time|min\w*|"
    r"codes?)?"
    r"(?: (?:is|was|of|came to|comes to))?[ :=(-]*\Z|\+ ?\d+ ?= ?\Z"
)
_WHOLE_AFTER: Final = folded(
    r",? (?:total|tot|in all|altogether|all told|timed total|session|visit|of (?:tx|treatment|therapy)\b)"
)


def _turns(low: str, row: Sequence[Label], told: Sequence[Mention], line_end: int) -> list[Mention] | None:
    ends = [*(label.start for label in row[1:]), max(line_end, row[-1].end)]
    behind = [_behind(low, label, end, told, label is row[-1]) for label, end in zip(row, ends, strict=True)]
    starts = [0, *(label.end for label in row[:-1])]
    ahead = [_ahead(low, label, start, told) for label, start in zip(row, starts, strict=True)]
    followed = [mention for mention in behind if mention is not None]
    led = [mention for mention in ahead if mention is not None]
    if len(led) < len(row):
        return followed if len(followed) == len(row) else None
    beside = all(
        mention is not None and GLUE.match(low, label.end, mention.first)
        for label, mention in zip(row, behind, strict=True)
    )
    return None if beside else led


def _without_sum(low: str, row: Sequence[Label], told: Sequence[Mention]) -> Sequence[Mention]:
    """Of one figure too many, that which is the sum of the others goes: "45 min: TA 30 min, TE 15 min"."""
    total = sum(mention.value for mention in told)
    first, last = told[0], told[-1]
    if 2 * first.value == total and first.end <= row[0].start and not OF.match(low, first.end, row[0].start):
        return told[1:]
    if 2 * last.value == total and row[-1].end <= last.first and not GLUE.match(low, row[-1].end, last.first):
        return told[:-1]
    return told


def _behind(low: str, label: Label, end: int, told: Sequence[Mention], last: bool) -> Mention | None:
    """The figure between the label and ``end``, where the next one stands or the line ends (``last``), that is the
    label's by standing beside it, or by closing what is told of the service.
    """
    inside = [mention for mention in started(told, label.end, end) if label.end <= mention.first and mention.end <= end]
    for mention in inside:
        if GLUE.match(low, label.end, mention.first):
            return mention
    for mention in inside:
        if mention.first - label.end > _FAR or PART.search(low, label.end, mention.first):
            continue
        if _ENDS.match(low, mention.end, end) if last else _CLOSES.match(low, mention.end, end):
            return mention
    return None


_FAR: Final = 200  # code points between a label and the figure that closes its part
_JOINTS: Final = r"[ \t)\].;,:|/+&>*~-]*"
# What may stand between a figure and the label of the next service.
_CLOSES: Final = folded(
    rf"{_JOINTS}(?:(?:\(?=? ?\d ?u(?:nits?)?\b\)?|and|then|plus|timed|direct|billed|1:1|one[ -]on[ -]one|"
    rf"(?:cpt|code)\b|\d[.)]){_JOINTS}){{0,5}}$"
)
_ENDS: Final = folded(r"[ \t)\]]*(?:[.;,|/=\r\n(]|$|\d ?u|- |and |timed|1:1|direct)")


def _ahead(low: str, label: Label, start: int, told: Sequence[Mention]) -> Mention | None:
    """The last figure between ``start`` and the label, where nothing of its own stands between the two."""
    for mention in reversed(started(told, start, label.start)):
        if start <= mention.first and mention.end <= label.start:
            gap = low[mention.end : label.start]
            leads = GLUE.match(gap) or (gap.endswith("(") and TASKED.match(gap))
            return mention if leads else None
    return None


_JOINED: Final = folded(r"[ ]?(?:,|and|, and|/|\+|&|\|)[ ]?")
_EACH: Final = folded(r" ?(?:each|ea|apiece)\b\.?")


def for_each(low: str, row: Sequence[Label], mentions: Sequence[Mention]) -> list[Mention] | None:
    """One figure told for each of the services of a line: "TE and TA 20 min each", "15 min each of TE and TA"."""
    if not 2 <= len(row) <= LONGEST_ROW:
        return None
    mention, each = next(((told, each) for told in mentions if (each := _EACH.match(low, told.end))), (None, None))
    if mention is None or each is None:
        return None
    if not all(_JOINED.fullmatch(low, first.end, second.start) for first, second in pairwise(row)):
        return None
    behind = row[-1].end <= mention.first and GLUE.match(low, row[-1].end, mention.first)
    ahead = each.end() <= row[0].start and OF.match(low, each.end(), row[0].start)
    return [mention] * len(row) if behind or ahead else None
