"""Which number in a line is the minutes of which label: "12 minutes of gait training", "gait training: 12 min", "gait
training with walker, CGA, 12 min". What stands between the two tells how far they are from belonging together; the
nearest pairs are made first and each number is used once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quarterhour.notes.page.document import Document
from quarterhour.notes.services.mentions import Mention
from quarterhour.notes.services.services import Label
from quarterhour.notes.services.tables import Found
from quarterhour.notes.services.turns import for_each, in_turn
from quarterhour.notes.wording.between import GLUE, OF, OWN_FIGURE, PLAIN_BEFORE, TASKED
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import places


def pair_row(document: Document, row: list[Label], mentions: list[Mention], line_end: int) -> dict[int, Found]:
    """Minutes for the labels of one line, by the index of the label."""
    low = document.low
    if not mentions:
        return {}
    turns = in_turn(document, row, mentions, line_end) or for_each(low, row, mentions)
    if turns is not None:
        return {index: _joined(label, mention) for index, (label, mention) in enumerate(zip(row, turns, strict=True))}
    paired: dict[int, Found] = {}
    taken: set[int] = set()
    for _, index, place in sorted(_candidates(document, row, mentions, line_end)):
        if index not in paired and place not in taken:
            taken.add(place)
            paired[index] = _joined(row[index], mentions[place])
    _join_packs(document, row, paired)
    return paired


def _joined(label: Label, mention: Mention) -> Found:
    return mention.value, min(label.start, mention.first), max(label.end, mention.end)


def _join_packs(document: Document, row: list[Label], paired: dict[int, Found]) -> None:
    """The pack is part of the stimulation that it is told with: "IFC + CP 15 min"."""
    low = document.low
    for index in [place for place in paired if place and row[place].code == _PACK]:
        before, label = row[index - 1], row[index]
        if index - 1 in paired or before.code not in document.lexicon.codes.stimulation:
            continue
        if _BESIDE.fullmatch(low, before.end, label.start) or _WITH.search(low, before.end, label.start):
            value, start, end = paired.pop(index)
            paired[index - 1] = (value, min(before.start, start), end)


_PACK: Final = "97010"  # a hot or cold pack
_WITH: Final = folded(r"\d ?(?:min(?:ute)?s?|') (?:with|w/|under) (?:a )?$")
_BESIDE: Final = folded(r"[ ,]*(?:[+&/,]|w/|with|and|c/?)[ ]*(?:[a-z]{1,5} )?")


def _candidates(
    document: Document, row: list[Label], mentions: list[Mention], line_end: int
) -> Iterator[tuple[float, int, int]]:
    """Which number can be minutes of which label: how far it is from that, index of the label, place of the number."""
    low = document.low
    opens = (
        mentions[0].first < row[0].start
        and mentions[0].unit != "form"  # its name stands before it: "OT minutes 22, SLP treatment minutes 23"
        and PLAIN_BEFORE.match(low, mentions[0].end, row[0].start) is not None
    )
    for index, label in enumerate(row):
        if len(row) > 1 and OWN_FIGURE.match(low, label.end):
            continue  # "38 min timed (TA 23, TE 15)"
        previous = row[index - 1].end if index else -1
        following = row[index + 1].start if index + 1 < len(row) else line_end + 1
        for place in places(mentions, previous, following):
            mention = mentions[place]
            cost = None
            if mention.end <= label.start:
                cost = _cost_before(low, label, mention, opens=opens)
            elif label.end <= mention.start and mention.usable:
                cost = _cost_after(document, row, label, mentions, place)
            if cost is not None:
                yield cost, index, place


# How far a number is from being the minutes of a label, by the way the two are told: the nearest pairs are made first.
_OF_IT: Final = 1.0  # "12 minutes of gait training"
_IN_BRACKETS: Final = 1.2  # "25 min crate lifts (TA)", "STM 10 min (97140)"
_OPENING: Final = 1.5  # "12 min gait training", in a line that opens so
_DIRECTLY_BEHIND: Final = 2.0  # "gait training: 12 min"
_OF_SHARE: Final = 2.5  # "the first 12 minutes gait training"
_DIRECTLY_BEFORE: Final = 3.0
_BEFORE_CODE: Final = 3.5  # "STM 10 min to the calf 97140"
_OF_MODALITY: Final = 4.0  # "ultrasound 1 MHz, 1.2 W/cm2 to the heel, 8 min"
_BRACKETED: Final = 4.5  # "gait training with walker (12 min)"
_CLOSING: Final = 5.0  # "gait training with walker, CGA, 12 min"; one more for each number between the two
_BY_X: Final = 5.5  # "gait training with walker x 12 min, CGA"
_IN_SENTENCE: Final = 6.0


def _cost_before(low: str, label: Label, mention: Mention, *, opens: bool) -> float | None:
    """How far a number before a label is from being its minutes; None when it cannot be. ``opens``: the line opens with
    a number directly before a label.
    """
    gap = label.start - mention.end
    if gap >= _FAR_BEFORE or _STROKED.match(low, label.end):  # "24 min: 97116/12, 97530/12"
        return None
    border = mention.end
    if _UNITS_AHEAD.search(low, max(0, mention.first - 12), mention.first):
        border += low.startswith(")", border)  # "1 unit (23 min) of 97530"
    border += low.startswith(". of ", border)
    if mention.fits_after and (OF.match(low, border, label.start) or _led(low, label, mention)):
        return _OF_IT
    before = low[label.start - 1]
    if mention.usable and before == "(" and TASKED.match(low, mention.end, label.start):
        return _IN_BRACKETS
    if label.strong and mention.fits_after and _SHARE.search(low, max(0, mention.first - 14), label.start):
        return _OF_SHARE
    if not mention.usable:
        return None
    if label.numbered and _CODED.match(low, mention.end, label.start):
        return _IN_BRACKETS if before in "([" else _BEFORE_CODE
    if (mention.unit != "m" or gap < _NEXT) and PLAIN_BEFORE.match(low, border, label.start):
        return _OPENING if opens else _DIRECTLY_BEFORE
    return None


_FAR_BEFORE: Final = 60  # code points between a number and the label it leads to
_STROKED: Final = folded(r" ?[=/] ?\d{1,2}(?![\d/']| ?min)")
_UNITS_AHEAD: Final = folded(r"\d ?u(?:nits?)? ?\($")
_SHARE: Final = folded(r"\bthe (?:first|last|final|remaining|other) \S+ min(?:ute)?s $")
# A code number behind the minutes: "Strengthening 15 min (97110)", "STM 10 min to the calf 97140".
_CODED: Final = folded(r" (?:(?:to|at|of|in|on|for|with|both) [^.;,:()\d]{2,40})?[(\[]?$")
_NEXT: Final = 5  # "25m of TE"


def _led(low: str, label: Label, mention: Mention) -> bool:
    """The minutes open the sentence, and a colon leads to the service: "First 15 min: ther ex"."""
    return (
        _LED.match(low, mention.end, label.start) is not None
        and low[label.sentence.start : mention.first].strip() in _OPENERS
    )


_LED: Final = folded(r": ?$")  # "First 15 min: ther ex"
_OPENERS: Final = frozenset({"", "first", "the first", "next", "the next", "then", "last", "the last", "final"})


def _cost_after(
    document: Document, row: list[Label], label: Label, mentions: list[Mention], place: int
) -> float | None:
    """How far a number after a label is from being its minutes; None when it cannot be."""
    low, mention, codes = document.low, mentions[place], document.lexicon.codes
    if _is_of_visit(low, row, label, mentions, place):
        return None
    size = mention.first - label.end
    if size < _NEAR_BEHIND and GLUE.match(low, label.end, mention.first):
        metres = mention.unit == "m" and label.code in codes.in_metres
        sure = not metres or any(other.unit == "m" for other in mentions if other is not mention)
        return _DIRECTLY_BEHIND if sure else None
    if mention.unit not in ("min", "form") or size > _FAR_BEHIND:
        return None
    alone = _alone(low, mention)
    if not alone and _STOP.search(low, label.end, mention.first):
        return None
    if label.code in codes.modality:
        return _OF_MODALITY
    between = [other for other in mentions[:place] if other.start >= label.end]
    return _cost_at_end(low, label, mention, len(between), alone=alone)


_NEAR_BEHIND: Final = 80  # code points of marks and words that tell nothing else between a label and its number
_FAR_BEHIND: Final = 260  # code points of what was done between a label and its number
_STOP: Final = folded(r"[.!?;](?=\s)")


def _is_of_visit(low: str, row: list[Label], label: Label, mentions: list[Mention], place: int) -> bool:
    """The number behind a label is the whole visit's: its words say so, or it closes a line of more services than
    numbers.
    """
    mention = mentions[place]
    if _OF_VISIT.search(low, label.end, mention.first):
        return True
    if len(row) == 1:
        return False
    if _SUM_AHEAD.search(low, label.end, mention.first):
        return True
    if len(mentions) >= len(row) or place < len(mentions) - 1:
        return False
    if _WHOLE.match(low, mention.end) or _TOTAL_AHEAD.search(low, label.end, mention.first):
        return True
    behind_all = place == 0 and label is row[-1]
    return behind_all and _BEHIND_ALL.search(low, label.end, mention.first) is not None


# Words that say of a number behind them that it is the whole visit's, not the service's before them.
_OF_VISIT: Final = folded(
    r"[.;|\n] ?(?:total|tot)\b|\b(?:length of|duration of|total (?:visit|session|treatment)|appointment)\b|\bvisit $"
)
_SUM_AHEAD: Final = folded(r"\d ?, ?(?:total|tot|sum)[ :=]*$")  # "ther ex 15, total 40 min"
# Words behind a number that make it the whole visit's, where there are fewer numbers than services.
_WHOLE: Final = folded(r" (?:total|tot|in all|altogether|all told|(?:were |was |of )?timed)\b")
_TOTAL_AHEAD: Final = folded(r"[ ,;](?:total|tot|sum)[ :=]*$")
# One number behind several services, with a stop or units between: the visit's. "TE, TA, MT. 45 min"
_BEHIND_ALL: Final = folded(r"[.;]\s|(?:x ?\d|\(\d\)|\d ?u(?:nits?)?)[).,; ]*$")


def _cost_at_end(low: str, label: Label, mention: Mention, between: int, *, alone: bool) -> float | None:
    """How far a number that closes what was done is from being the minutes of the label before; None when it closes
    nothing, or tells a part of the service. ``between`` numbers stand between the two.
    """
    gap = low[label.end : mention.first].rstrip()
    if _OWN_NUMBER.match(gap):
        return None
    units = _UNITS_BEHIND.match(low, mention.end)
    border = mention.end if units is None else units.end()
    closing = low[border : border + 2].strip()[:1]
    if closing == "," and gap.endswith(" x"):
        return _BY_X
    if alone:
        return _CLOSING
    if closing not in _ENDS and low[border : border + 1] not in ("\n", "\r"):
        return None
    if gap.endswith("("):
        return _BRACKETED
    if _COMPONENT.search(gap):
        return None
    if gap.endswith(_LEADS):
        return _CLOSING + between
    told = mention.value >= _LEAST_IN_SENTENCE and not between
    return _IN_SENTENCE if told and label.sentence.start <= mention.start < label.sentence.end else None


_OWN_NUMBER: Final = folded(r"[ :=x@-]{0,3}\d{2} ?\($")  # "TA 15 (45 min)": the label has its number, this one is a sum
# What may stand behind the minutes of a service before its line or its part of the line ends.
_UNITS_BEHIND: Final = folded(r"(?:[ ,;/=(]{1,3}(?:\d ?u(?:nits?)?\b|1:1|timed\b|direct\b|one[ -]on[ -]one\b)\)?)*")
_ENDS: Final = ("", ".", ";", ")", "|", "(", "-", ":")  # marks behind a number that closes what was done
_LEADS: Final = (",", "-", ";", ":", "|", "x", "=", ".", "for", "total")  # what leads to such a number
_LEAST_IN_SENTENCE: Final = 10  # minutes of a service where nothing but its sentence ties them to it
_COMPONENT: Final = folded(
    r"\b(?:nustep|bike|biking|treadmill|ube|elliptical|warm[- ]?up|ergometer|stepper|stretch\w*|"
    r"\d ?x|march\w*|walk\w*|stand\w*|sit\w*|pedal\w*|circuit|cycle|arm bike|heat|ice|pack)"
    r"(?: [a-z]+){0,2}[ ,]*(?:x |for |level \d |l\d |at |- |, )*$"
)


def _alone(low: str, mention: Mention) -> bool:
    """The number of minutes is a sentence by itself: "... tandem walk. 14 min"."""
    before = low[max(0, mention.first - 3) : mention.first].rstrip(" (")
    after = low[mention.end : mention.end + 1]
    return before.endswith((".", "!", "?")) and after in ("", ".", "\n", "\r", ")", ";")
