"""Minutes in whatever notation, where a total stated in the note vouches for them.

A figure that stands where the minutes of a service can stand, but in a notation that tells nothing by itself ("[25]",
":25", "2/25", "TA .. 25"), is the service's minutes where one figure of each service whose minutes are not known, and
the minutes that are known, make up the timed minutes or the whole time that the note states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Final, NamedTuple

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.figures.numbers import NUMBER, value_of
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.services import EVALUATION, QUIET, Label, Service, Told, minutes_told
from quarterhour.notes.wording.patterns import folded

_FEWEST, _MOST = 5, 120  # minutes of one service
_MANY: Final = 400  # so many combinations are tried
_NAMED: Final = 40  # a note that names more services tells no visit


class _Figure(NamedTuple):
    """A figure at ``place`` that can be the minutes of a label, told with it at [start, end); ``cost`` grows with the
    doubt.
    """

    cost: float
    behind: bool
    value: int
    label: Label
    start: int
    end: int
    place: int


def vouched_minutes(
    document: Document, services: Sequence[Service], loose: Sequence[Label], totals: tuple[int | None, int | None]
) -> list[Told]:
    """Minutes of ``loose`` labels that make up one of ``totals``, the timed minutes and the whole time as stated."""
    counted = [service for service in services if service.minutes is not None and service.status == PERFORMED]
    known = {service.code for service in counted}
    named = [label for label in loose if label.code not in known and _can_be_told(document, label)]
    if len(named) > _NAMED:
        return []
    sure = [label for label in named if label.strong or label.numbered]
    taken = [(service.start, service.end) for service in counted]
    timed = document.lexicon.codes.timed
    for labels in (sure, named) if len(sure) < len(named) else (sure,):
        for total, codes in zip(totals, (timed, None), strict=True):
            groups: dict[str, list[Label]] = {}
            for label in labels:
                if codes is None or label.code in codes:
                    groups.setdefault(label.code, []).append(label)
            rest = (total or 0) - minutes_told(counted, codes)
            if not groups or rest < _FEWEST * len(groups) or (len(groups) == 1 and not counted):
                continue
            found = _making(rest, [list(_figures(document, group, loose, taken)) for group in groups.values()])
            if found:
                return found
    return []


def _can_be_told(document: Document, label: Label) -> bool:
    """The label names a service of this visit that may have minutes without a unit."""
    return (
        label.code != EVALUATION
        and label.sentence.section not in QUIET
        and (label.strong or label.numbered or _opens(document.low, label))
        and status_of(document, label.sentence, label.start, label.end) == PERFORMED
    )


def _opens(low: str, label: Label) -> bool:
    """The label opens what is told of the service."""
    return _OPENS.search(low, max(0, label.start - 6), label.start) is not None


_OPENS: Final = folded(r"(?:^|[\n|;,/+&(>*.:\]-])[ \t]{0,2}\Z|\d[ \t)]\Z|  \Z|(?:and|then|next|that) \Z")


def _making(rest: int, figures: list[list[_Figure]]) -> list[Told]:
    """One figure of each service, ``rest`` in sum: the choice of the least cost, nothing where two are alike."""
    if not all(figures) or prod(map(len, figures)) > _MANY:
        return []
    values = product(*([figure.value for figure in told] for told in figures))
    fitting = [
        (sum(figure.cost for figure in chosen), place, chosen)
        for place, (figured, chosen) in enumerate(zip(values, product(*figures), strict=True))
        if sum(figured) == rest
        and len({figure.behind for figure in chosen}) == 1
        and len({figure.place for figure in chosen}) == len(chosen)
    ]
    if not fitting:
        return []
    fitting.sort()
    cost, _, best = fitting[0]
    if len(fitting) > 1 and fitting[1][0] - cost < 1:
        other = fitting[1][2]
        if [figure.value for figure in other] != [figure.value for figure in best]:
            return []
    return [Told(figure.label, figure.value, figure.start, figure.end) for figure in best]


def _figures(
    document: Document, labels: Sequence[Label], others: Sequence[Label], taken: Sequence[tuple[int, int]]
) -> Iterator[_Figure]:
    """Figures around the labels of one service: behind each up to the next label, and before it in its line; none
    inside the spans ``taken`` by services whose minutes are known.
    """
    low = document.low
    for label in labels:
        line = document.line_at(label.start)[0]
        spans = [(other.start, other.end) for other in others if other is not label] + list(taken)
        border = min((start for start, _ in spans if start >= label.end), default=len(low))
        stop = min(border, _below(low, label.end))
        start = max((end for _, end in spans if line <= end <= label.start), default=line)
        for first, last, behind in ((label.end, stop, True), (start, label.start, False)):
            for match in _FIGURE.finditer(low, first, last):
                value = value_of(match["said"]) or 0
                if _FEWEST <= value <= _MOST and not _is_of_else(document, label, line, match):
                    away = min(abs(match.start() - label.end), abs(label.start - match.end()))
                    cost = 1 + away / _AWAY + (0 if match["unit"] else _WITHOUT_UNIT)
                    whole = min(label.start, match.start()), max(label.end, match.end())
                    yield _Figure(cost, behind, value, label, *whole, match.start())


_AWAY: Final = 20  # code points between a label and a figure that cost as much as one step
_WITHOUT_UNIT: Final = 3  # steps


def _is_of_else(document: Document, label: Label, line: int, match: re.Match[str]) -> bool:
    """The figure is a dose or a clock time, or stands without its unit far behind the label."""
    start = match.start()
    return (
        _DOSED.search(document.low, line, start) is not None
        or (match["unit"] is None and start > label.end + _REACH)
        or any(clock.start <= start < clock.end for clock in document.clocks)
    )


_REACH: Final = 160  # code points behind a label, for a figure without its unit
# A figure that may be minutes: not a part of a date, a fraction, a dose, a load or a distance.
_FIGURE: Final = folded(
    rf"(?<![\w.$#%])(?<!\d[/:-])(?P<lead>0?:|\d ?/ ?|[x@~] ?)?(?P<said>{NUMBER})(?!\d|[:%°]|/(?!9\d{4})|\.[1-9]| ?-\d|"
    rf" ?(?:units?|u|lbs?|kg|#|"
    r"ft|feet|in|inch\w*|cm|mm|steps?|reps?|sets?|times|trials?|x|sec\w*|s|deg\w*|mets?|hz|watts?|rpm|mph|%|of|"
    r"out|yards?|words?|sentences?|items?|stairs?|visits?|weeks?|wks?|days?|years?|yo|y|bpm|sips?|hours?|hrs?|"
    r"cues?|correct|level)\b)(?P<unit> ?-?(?:m(?:in(?:ute)?s?)?\b|'))?"
)
_DOSED: Final = folded(
    r"(?:\d ?x ?|\b(?:level|lvl|l|grade|gr|rpe|borg|pain|visit|#|setting|speed|incline|age|of|to|from|sets?|hold|held|"
    r"times|bpm|hr|spo2|goal|stg|ltg|vas|nprs|room|rm|s/p|pod|week|wk|phase|stage|chapter|score|scored) ?[:#]? ?)\Z"
)


def _below(low: str, place: int) -> int:
    """The end of the second line below ``place``, or of its paragraph."""
    for _ in range(_LINES + 1):
        end = low.find("\n", place)
        if end < 0:
            return len(low)
        if not low[end + 1 : end + 3].strip():
            return end
        place = end + 1
    return place - 1


_LINES: Final = 2  # lines below that of a label
