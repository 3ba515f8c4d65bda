"""Minutes written without their unit: "TE 15, TA 23", "25 TA, 13 TE", "TA/TE 25/13", "of the 38, 25 were ...".

A bare number is minutes only where something vouches for it: several services are followed by one in the same way,
or the numbers add up to a total or to minutes told in the same line.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from quarterhour.notes.figures.numbers import NUMBER, WORD, value_of
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import OUTSIDE_VISIT, Label, Service, Told, minutes_told, service_of
from quarterhour.notes.wording.patterns import folded

#: Sections in which services are not told as treatment.
UNTREATED: Final = OUTSIDE_VISIT | {"assessment", "progress", "response", "rationale"}
_FEWEST, _MOST = 5, 90  # minutes of one service
_FEWEST_BESIDE: Final = 3  # where the figure stands directly behind its label
_SEVERAL: Final = 2


def terse_services(
    document: Document, services: list[Service], loose: list[Label], totals: tuple[int | None, int | None]
) -> list[Service]:
    """Services of ``loose`` labels with a bare number of minutes; they are taken out of ``loose``. ``totals`` are the
    timed minutes and the whole time the note states.
    """
    treated = [label for label in loose if label.sentence.section not in UNTREATED]
    if not treated:
        return []
    found = [] if _leads(document, treated) else _behind(document, services, treated, totals)
    found = found or _summed(document, treated, totals)
    for told in found:
        loose.remove(told.label)
    return [service_of(document, *told) for told in found]


def _leads(document: Document, loose: list[Label]) -> bool:
    """The figures stand before their labels: a line opens with one, and its last label has none: "25 TA 13 MT"."""
    low = document.low
    for start, row in _rows(document, loose).items():
        opened = _OPENED.fullmatch(low, start, row[0].start) is not None
        if opened and len(row) >= _SEVERAL and len(_ahead(low, start, row)) == len(row):
            behind = _BARE.match(low, row[-1].end)
            return behind is None or "=" in behind[0] or _WHOLE.match(low, behind.end()) is not None
    return False


_OPENED: Final = folded(r"[ \t]*(?:[a-z]{1,2}:)?[ \t]*\d{1,2} ?")
_WHOLE: Final = folded(r" ?(?:=|total|tot|timed)")


def _rows(document: Document, loose: list[Label]) -> dict[int, list[Label]]:
    """Labels by the start of their line."""
    rows: dict[int, list[Label]] = {}
    for label in loose:
        rows.setdefault(document.line_at(label.start)[0], []).append(label)
    return rows


def _behind(
    document: Document, services: list[Service], loose: list[Label], totals: tuple[int | None, int | None]
) -> list[Told]:
    """Figures behind their labels: of several services, or with a unit, or such that they make up a total."""
    found, sure = _beside(document, loose)
    found += _up_to(document.low, loose, found, totals[1])
    found = found or _closing(document.low, loose, totals)
    sure = sure or any(takes_rest(document.low, label) for label in loose)
    if sure or len({told.label.code for told in found}) >= _SEVERAL:
        return found
    codes = document.lexicon.codes.timed
    counted = minutes_told(services, codes) + sum(told.value for told in found if told.label.code in codes)
    return found if counted in totals else []


def takes_rest(low: str, label: Label) -> bool:
    """The service took what the others left, so that their figures are minutes: "MT 10, TA rest of visit"."""
    return _REST.match(low, label.end) is not None


_REST: Final = folded(
    r" ?[:=x-]? ?(?:for |took )?(?:the )?(?:rest|remainder|balance)(?: of (?:the |our |her |his )?(?:visit|session|"
    r"time|hour|tx|treatment))(?![a-z])| ?[:=x-]? ?(?:for )?(?:the )?(?:remaining time|time (?:left|remaining))\b"
)


def _beside(document: Document, loose: list[Label]) -> tuple[list[Told], bool]:
    """Figures beside their labels, and whether one of them is surely minutes."""
    low, codes = document.low, document.lexicon.codes
    found: list[Told] = []
    sure = False
    for label in loose:
        slashed = _slashed(low, label) if label.numbered else None
        if slashed is not None:
            found.append(slashed)
            sure = True
            continue
        match = _BARE.match(low, label.end) or _WITH.match(low, label.end)
        if match is not None:
            with_unit = match["unit"] is not None
            if (with_unit and label.code in codes.in_metres and not sure) or _is_date(label, match):
                continue
            value = value_of(match[1]) or 0
            if _FEWEST_BESIDE <= value <= _MOST:
                found.append(Told(label, value, label.start, match.end()))
                sure = sure or with_unit
                continue
        listed = _listed(document, label)
        if listed is not None:
            found.append(listed)
    return found, sure


def _slashed(low: str, label: Label) -> Told | None:
    """The figure parted from its code by a slash: "25/97530"."""
    match = _SLASHED.search(low, max(0, label.start - 4), label.start)
    if match is None or not _FEWEST <= int(match[1]) <= _MOST:
        return None
    return Told(label, int(match[1]), match.start(1), label.end)


_SLASHED: Final = folded(r"(?<![\d/.])(\d\d?)/\Z")
_BARE: Final = folded(
    r"(?: individual| indiv| group)?(?:[ ]?\((?:97|92)\d{3}\))?(?:[ ]\(?\d ?u(?:nits?)?\b\)?)?(?:[ ](?:time(?: entry)?|"
    r"minutes|mins)\b)?(?:[ ]?(?:[:=x@([/-]|\| ?|"
    r"- )[ ]?|"
    rf"[ ]{{2}}(?=\d{{1,2}}: )|[ ])[([]?(\d{{1,2}}|{WORD}(?:[ -]{WORD})?)(?P<unit> ?m(?![a-z\d]))?[)\]]?(?=[ "
    r"]*(?:[,;/|+&)(\n\r]|:(?!\d)|$|\.(?!\d)|and\b|=|→|->|(?:total|tot|timed|te|ta|mt|nmr|gt|ther|9[27]\d{3})\b|"
    r"(?:is|was|are|were|stands?|remains?|stays) (?:as|correct|right|unchanged|the same|stand|ok)\b))"
)
# Behind what the work was done with: "LBD c reacher x 18m", "ther ex with yellow band 15 min".
_WITH: Final = folded(
    r" (?:c|w/|with|using) ?(?:an? |the )?(?:(?!(?:rest|break|pause|hold|ice|heat|bike|walk|warm|aide))"
    r"[a-z][a-z/-]* ){1,3}?x? ?(\d{1,2}) ?(?P<unit>m(?:in(?:ute)?s?)?)(?=[,;.\n\r]|$)"
)


def has_bare_figure(low: str, label: Label) -> bool:
    """A figure that can be minutes stands directly behind the label, without its unit."""
    match = _BARE.match(low, label.end)
    return match is not None and _FEWEST <= (value_of(match[1]) or 0) <= _MOST


def _is_date(label: Label, match: re.Match[str]) -> bool:
    """The figure is part of a day: "RE-EVALUATION 12/03/2026"."""
    return any(date.start <= match.start(1) < date.end for date in label.sentence.dates)


def _listed(document: Document, label: Label) -> Told | None:
    """The figure that leads to what was done, or stands between a name and its code."""
    low = document.low
    match = _INSIDE.search(low, label.start, label.end) if label.numbered else None
    match = match or _LISTED.match(low, label.end)
    if match is None or not _FEWEST <= int(match[1]) <= _MOST or not _is_name(document, label):
        return None
    return Told(label, int(match[1]), label.start, max(match.end(), label.end))


_INSIDE: Final = folded(r"[a-z]/(\d{1,2})(?= ?[(\[])")  # "eval/30 (97161)"
# "TA @ 20 - crates", "MT/12 - mobs", "TE/18 rows": not what is counted, "TE/15 reps".
_LISTED: Final = folded(
    r" ?(?:x|@|:|=|/) ?(\d{1,2})(?= (?:- |\((?:97|92)|(?!(?:reps?|sets?|trials?|times|ft|feet|lbs?|units?|u|sec|s|"
    r"steps?|x|deg|of|out|each|per)\b)[a-z(#]))"
)


def _is_name(document: Document, label: Label) -> bool:
    """The label is a name of the service, no everyday word: it is known as one, or it is in capitals."""
    return (
        label.strong or label.code in document.lexicon.codes.usual or document.text[label.start : label.end].isupper()
    )


def _up_to(low: str, loose: list[Label], found: list[Told], whole: int | None) -> list[Told]:
    """Figures with what was done behind them, where they and those ``found`` make up the whole time: "TE 25 bike, MT 15
    pat mobs = 40".
    """
    if whole is None:
        return []
    known = [told.label for told in found]
    more = [
        Told(label, int(match[1]), label.start, match.end())
        for label in loose
        if label not in known and (match := _FIGURE.match(low, label.end)) is not None
    ]
    return more if sum(told.value for told in (*found, *more)) == whole else []


_FIGURE: Final = folded(r" (\d{1,2})(?= (?:- )?[a-z(])")


def _closing(low: str, loose: list[Label], totals: tuple[int | None, int | None]) -> list[Told]:
    """Figures that close what was done, where they make up a total: "TA: crate lifts, stairs (25)" over "TE: bridges
    (15)".
    """
    if len(loose) < _SEVERAL:
        return []
    found = [
        Told(label, int(match[1]), label.start, match.end())
        for label in loose
        if (match := _CLOSING.match(low, label.end)) is not None
    ]
    return found if sum(told.value for told in found) in totals else []


_CLOSING: Final = folded(r"[^\n(]{0,90}\((\d{1,2})\)[ .;]*\r?(?=\n|$)")


def _summed(document: Document, loose: list[Label], totals: tuple[int | None, int | None]) -> list[Told]:
    """Figures before their labels, or side by side for two labels side by side, that something in their line vouches
    for.
    """
    low = document.low
    found: list[Told] = []
    for start, row in _rows(document, loose).items():
        if len(row) < _SEVERAL:
            continue
        end = document.line_at(start)[1]
        stated = {value_of(match[1] or match[2]) for match in _STATED.finditer(low, start, end)} | set(totals)
        told = _side_by_side(low, row, stated) or _ahead(low, start, row)
        if len({item.label.code for item in told}) < _SEVERAL:
            continue
        if sum(item.value for item in told) in stated or _HEADED.search(low, start, told[0].start):
            found.extend(told)
    return found


_STATED: Final = folded(rf"(?<![\w.:/])({NUMBER}) ?-?(?:min(?:ute)?s?\b|')|(?:\b(?:total|tot)|=) ?:?(\d{{2,3}})\b")
_HEADED: Final = folded(r"\b(?:min(?:ute)?s?|timed)\b[ :=(-]*$")


def _side_by_side(low: str, row: list[Label], stated: set[int | None]) -> list[Told]:
    """The figures of two neighbours, told side by side behind them: "TA/TE 25/13"; their sum goes to ``stated``."""
    for first, second in pairwise(row):
        if low[first.end : second.start].strip() not in ("/", "+", "&"):
            continue
        match = _PARALLEL.match(low, second.end)
        if match is not None:
            values = int(match[1]), int(match[2])
            if min(values) >= _FEWEST and (match["unit"] is not None or sum(values) in stated):
                stated.add(sum(values))
                return [
                    Told(label, value, first.start, match.end())
                    for label, value in zip((first, second), values, strict=True)
                ]
    return []


_PARALLEL: Final = folded(r" ?[:=-]{0,2} ?\(?(\d{1,2}) ?[/+&] ?(\d{1,2})(?P<unit> ?(?:min(?:ute)?s?\b|'))?(?![\d/])")


def _ahead(low: str, start: int, row: list[Label]) -> list[Told]:
    """Figures before the labels of a line that begins at ``start``."""
    found = []
    border = start
    for label in row:
        match = _AHEAD.search(low, max(border, label.start - 40), label.start)
        value = (value_of(match[1]) if match is not None else None) or 0
        if match is not None and _FEWEST <= value <= _MOST:
            found.append(Told(label, value, match.start(1), label.end))
        border = label.end
    return found


# A figure before its label: "25 TA", "25 (97530)", "thirteen went to exercise".
_AHEAD: Final = folded(
    rf"(?:^|[\s=+&,:(/-])({NUMBER})(?: (?:were|was|are|for|on|of|in|to|went|spent|given|devoted|min|the|them|those|"
    rf"which)\b)*[ ]?[(\[]?$"
)
