"""Minutes written without their unit: "TE 15, TA 23", "25 TA, 13 TE", "TA/TE 25/13", "of the 38, 25 were ...".

A bare number is minutes only where something vouches for it: several services are followed by one in the same way,
or the numbers add up to a total or to minutes told in the same line.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import msgspec

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.document import Document
from quarterhour.notes.numbers import NUMBER, WORD, value_of
from quarterhour.notes.patterns import folded
from quarterhour.notes.services import MOVED, QUIET, Label, Service, service_of

#: Sections in which services are not told as treatment.
UNTREATED: Final = QUIET | {"subjective", "assessment", "progress", "response", "rationale"}
_SURE: Final = frozenset({"97530", "97110", "97112", "97116", "97140", "97535", "92507", "92526"})
_BARE: Final = folded(
    r"(?: individual| indiv| group)?(?:[ ]?\((?:97|92)\d{3}\))?(?:[ ]\(?\d ?u(?:nits?)?\b\)?)?(?:[ ](?:time(?: entry)?|"
    r"minutes|mins)\b)?(?:[ ]?(?:[:=x@([/-]|\| ?|"
    r"- )[ ]?|"
    rf"[ ])[([]?(\d{{1,2}}|{WORD}(?:[ -]{WORD})?)(?P<unit> ?m(?![a-z\d]))?[)\]]?(?=[ "
    r"]*(?:[,;/|+&)(\n\r]|:(?!\d)|$|\.(?!\d)|and\b|=|→|->|(?:total|tot|timed|te|ta|mt|nmr|gt|ther|9[27]\d{3})\b|"
    r"(?:is|was|are|were|stands?|remains?|stays) (?:as|correct|right|unchanged|the same|stand|ok)\b))"
)
_SLASHED: Final = folded(r"(?<![\d/.])(\d\d?)/\Z")  # "25/97530"
# "TA @ 20 - crates", "MT/12 - mobs", "TE/18 rows": not what is counted, "TE/15 reps".
_LISTED: Final = folded(
    r" ?(?:x|@|:|=|/) ?(\d{1,2})(?= (?:- |\((?:97|92)|(?!(?:reps?|sets?|trials?|times|ft|feet|lbs?|units?|u|sec|s|"
    r"steps?|x|deg|of|out|each|per)\b)[a-z(#]))"
)
# Behind what the work was done with: "LBD c reacher x 18m", "ther ex with yellow band 15 min".
_WITH: Final = folded(
    r" (?:c|w/|with|using) ?(?:an? |the )?(?:(?!(?:rest|break|pause|hold|ice|heat|bike|walk|warm|aide))"
    r"[a-z][a-z/-]* ){1,3}?x? ?(\d{1,2}) ?(?P<unit>m(?:in(?:ute)?s?)?)(?=[,;.\n\r]|$)"
)
_INSIDE: Final = folded(r"[a-z]/(\d{1,2})(?= ?[(\[])")  # "eval/30 (97161)"
_FIGURE: Final = folded(r" (\d{1,2})(?= [a-z(])")
_CLOSING: Final = folded(r"[^\n(]{0,90}\((\d{1,2})\)[ .;]*\r?(?=\n|$)")
# A figure before its label: "25 TA", "25 (97530)", "thirteen went to exercise".
_AHEAD: Final = folded(
    rf"(?:^|[\s=+&,:(/-])({NUMBER})(?: (?:were|was|are|for|on|of|in|to|went|spent|given|devoted|min|the)\b)*[ ]?[(\[]?$"
)
_PARALLEL: Final = folded(r" ?[:=-]{0,2} ?\(?(\d{1,2}) ?[/+&] ?(\d{1,2})(?P<unit> ?(?:min(?:ute)?s?\b|'))?(?![\d/])")
_STATED: Final = folded(rf"(?<![\w.:/])({NUMBER}) ?-?(?:min(?:ute)?s?\b|')|\b(?:total|tot|=) ?:?(\d{{2,3}})\b")
_HEADED: Final = folded(r"\b(?:min(?:ute)?s?|timed)\b[ :=(-]*$")


class _Told(msgspec.Struct, frozen=True, gc=False):
    label: Label
    value: int
    start: int
    end: int


def terse_services(
    document: Document, services: list[Service], loose: list[Label], totals: tuple[int | None, int | None]
) -> list[Service]:
    """Services of ``loose`` labels with a bare number of minutes; they are taken out of ``loose``. ``totals`` are the
    timed minutes and the whole time the note states.
    """
    treated = [label for label in loose if label.sentence.section not in UNTREATED]
    if not treated:
        return []
    found = _behind(document, services, treated, totals) or _summed(document, treated, totals)
    for told in found:
        loose.remove(told.label)
    return [service_of(document, told.label, told.value, told.start, told.end) for told in found]


def _behind(
    document: Document, services: list[Service], loose: list[Label], totals: tuple[int | None, int | None]
) -> list[_Told]:
    """Figures behind their labels."""
    low = document.low
    found: list[_Told] = []
    sure = False
    for label in loose:
        slashed = _SLASHED.search(low, max(0, label.start - 4), label.start) if label.numbered else None
        if slashed is not None and 5 <= int(slashed[1]) <= 90:
            found.append(_Told(label, int(slashed[1]), slashed.start(1), label.end))
            sure = True
            continue
        match = _BARE.match(low, label.end) or _WITH.match(low, label.end)
        if match is not None and match["unit"] is not None and label.code in MOVED and not sure:
            continue  # metres
        if match is not None and any(date.start <= match.start(1) < date.end for date in label.sentence.dates):
            continue  # "RE-EVALUATION 12/03/2026"
        if match is not None and 3 <= (value_of(match[1]) or 0) <= 90:
            found.append(_Told(label, value_of(match[1]) or 0, label.start, match.end()))
            sure = sure or match["unit"] is not None
            continue
        match = _INSIDE.search(low, label.start, label.end) if label.numbered else None
        match = match or _LISTED.match(low, label.end)
        if match is not None and 5 <= int(match[1]) <= 90 and _is_name(document, label):
            found.append(_Told(label, int(match[1]), label.start, max(match.end(), label.end)))
    plain = [(label, match) for label in loose if (match := _FIGURE.match(low, label.end)) is not None]
    if plain and totals[1] is not None:  # "TE 25 bike, MT 15 pat mobs = 40": only where the sum is told
        listed = [told.label for told in found]
        more = [_Told(label, int(match[1]), label.start, match.end()) for label, match in plain if label not in listed]
        if sum(told.value for told in (*found, *more)) == totals[1]:
            found += more
    if not found and len(loose) > 1:  # "TA: crate lifts, stairs (25)" over "TE: bridges (15)": where the sum is told
        closed = [(label, match) for label in loose if (match := _CLOSING.match(low, label.end)) is not None]
        found = [_Told(label, int(match[1]), label.start, match.end()) for label, match in closed]
        found = found if sum(told.value for told in found) in totals else []
    if not found:
        return []
    codes = document.lexicon.codes
    counted = sum(
        service.minutes or 0 for service in services if service.status == PERFORMED and service.code in codes.timed
    )
    timed = sum(told.value for told in found if told.label.code in codes.timed)
    agrees = counted + timed in totals
    return found if len({told.label.code for told in found}) > 1 or agrees or sure else []


def _is_name(document: Document, label: Label) -> bool:
    """The label is a name of the service, no everyday word: it is known as one, or it is in capitals."""
    return label.strong or label.code in _SURE or document.text[label.start : label.end].isupper()


def _summed(document: Document, loose: list[Label], totals: tuple[int | None, int | None]) -> list[_Told]:
    """Figures before their labels, or side by side for two labels side by side, that something in their line vouches
    for.
    """
    low = document.low
    lines: dict[int, list[Label]] = {}
    for label in loose:
        lines.setdefault(low.rfind("\n", 0, label.start) + 1, []).append(label)
    found: list[_Told] = []
    for start, row in lines.items():
        if len(row) < 2:
            continue
        end = low.find("\n", row[-1].end)
        end = len(low) if end < 0 else end
        stated = {value_of(match[1] or match[2]) for match in _STATED.finditer(low, start, end)} | set(totals)
        told = _side_by_side(low, row, stated) or _ahead(low, row)
        if len({item.label.code for item in told}) < 2:
            continue
        if sum(item.value for item in told) in stated or _HEADED.search(low, start, told[0].start):
            found.extend(told)
    return found


def _ahead(low: str, row: list[Label]) -> list[_Told]:
    found = []
    for place, label in enumerate(row):
        border = row[place - 1].end if place else max(0, low.rfind("\n", 0, label.start) + 1)
        match = _AHEAD.search(low, max(border, label.start - 40), label.start)
        value = value_of(match[1]) if match is not None else None
        if match is not None and value is not None and 4 < value <= 90:
            found.append(_Told(label, value, match.start(1), label.end))
    return found


def _side_by_side(low: str, row: list[Label], stated: set[int | None]) -> list[_Told]:
    for first, second in pairwise(row):
        if low[first.end : second.start].strip() not in ("/", "+", "&"):
            continue
        match = _PARALLEL.match(low, second.end)
        if match is not None:
            values = int(match[1]), int(match[2])
            if min(values) > 4 and (match["unit"] is not None or sum(values) in stated):
                stated.add(sum(values))
                return [
                    _Told(label, value, first.start, match.end())
                    for label, value in zip((first, second), values, strict=True)
                ]
    return []
