"""Names of times and their figures side by side: "Timed 38 | Visit 45", "38 min of timed codes, 45 min in all".

Names and figures that follow one another with nothing but marks between are read in turn: where a name comes first,
each figure belongs to the name before it; where a figure comes first, to the name behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from quarterhour.notes.figures.durations import LENGTH, LONGEST_VISIT, UNIT, minutes_of
from quarterhour.notes.page.document import Document
from quarterhour.notes.times.told_of_visit import fits
from quarterhour.notes.wording.gates import openings
from quarterhour.notes.wording.patterns import folded

Kind = Literal["timed", "total", "untimed", ""]

_TIMED: Final = (
    r"(?:no )?timed|tmd|tc(?= ?[:=]? ?\d)|time-? ?based|time-? ?coded|time-dependent|tcm|ttc|tct|"
    r"tmt(?= ?[:=]? ?\d{1,3}[ ,;/|]{1,3}(?:ttt|tot))"  # elsewhere a test: the trail making test
)
_UNTIMED: Final = r"un-?timed|non-?timed|not timed|service-based"
_WHOLE: Final = (
    r"totals?|tot\.?|ttl|ttt|ttm|grand|visit|session|whole|entire|overall|altogether|in all|all told|"
    r"all(?=[ :=]{1,2}\d)|clinic|encounter|length|duration|start to finish|door to door"
)
_OTHER: Final = (
    r"minutes?|mins?\.?|time|thing|treatment|tx|therapy|skilled|direct|contact|billable|billed|codes?|cpts?|services?|"
    r"procedures?|interventions?|15[ -]min(?:ute)?s?(?= (?:code|unit|service))|of|in|under|for|with|the|as|all|sum|"
    r"spent|was|were|is|are|today|"
    r"patient|pt|ot|slp|st|department|one-on-one|1:1|face-to-face|individual|rehab"
)
_NAME: Final = rf"(?P<name>(?:(?:{_UNTIMED}|{_TIMED}|{_WHOLE}|{_OTHER})(?:[ _-]|(?![a-z\d])))+)"
_FIGURE: Final = (
    rf"(?P<figure>(?<![\w.$#+])(?<!\d[:/])(?<!\+ )(?:{LENGTH}|[01]:[0-5]\d(?! ?(?:[ap]\b|[ap]m|-|to)))(?![\d%]|[:.]\d|"
    rf"-\d|'')"
    rf"(?P<unit>{UNIT}|(?<=\d)m\b| \(min(?:utes)?\))?(?!\w)(?! ?\+)(?! ?(?:min|units?|u\b|reps|x\b|ft|lb|"
    rf"of\b(?! (?:the )?timed)|visits|"
    rf"weeks|wks|days|months|"
    r"years|steps|trials|%|sec|goals|/ ?\d)))"
)
_PART: Final = folded(
    rf"{_NAME}|{_FIGURE}|(?P<mark>(?:[ \t:=|(),;.>/~&\[\]*-]|and\b|\d+(?: ?\+ ?\d+)+(?= ?=))+)|(?P<word>[a-z\d]+|[^\n])"
)
_ENTIRE: Final = (
    rf"{_WHOLE}|all min\w*|(?:treatment|tx|therapy) (?:time|min\w*)|min\w* (?:of|in) (?:treatment|therapy|tx)|"
    r"\A(?:treatment|tx|rx|therapy|all)\Z"
)
_KINDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("untimed", folded(rf"(?<![a-z])(?:{_UNTIMED})(?![a-z])")),
    ("timed", folded(rf"(?<![a-z])(?:{_TIMED}|tc|tmt)(?![a-z])")),
    ("total", folded(rf"(?<![a-z])(?:{_ENTIRE})(?![a-z])")),
)
_SURE: Final = folded(r"\b(?:min\w*|time|total|tot|length|duration)\b")  # a name that speaks of time by itself
_STOP: Final = folded(r"(?<!\.)[.;][ \t]|(?<!\.)\.\Z")


class Stated(NamedTuple):
    """Minutes stated of the timed services or of the whole visit at [start, end) of the text."""

    kind: Kind
    value: int
    start: int
    end: int


class _Part(NamedTuple):
    kind: Kind
    value: int | None  # None: a name
    sure: bool
    apart: bool  # a stop stands before it
    start: int
    end: int


def named_times(document: Document) -> list[Stated]:
    """What names and figures in turn state of this visit's times, in order."""
    low = document.low
    found: list[Stated] = []
    above, before = LONGEST_VISIT, -1
    for first, last, line in _stretches(document):
        if line != before:  # the timed minutes of the line directly above vouch for a plain name in this one
            near = before >= 0 and low.find("\n", before) + 1 == line
            told = [stated.value for stated in found if stated.kind == "timed" and stated.start >= before]
            above, before = (told[0] if near and told else LONGEST_VISIT), line
        for chain in _chains(low, first, last):
            if len(chain) > 1 and fits(document, chain[0].start):
                alone = not low[line : chain[0].start].strip(" |*-")
                found += _pairs(chain, above, alone=alone) or _pairs_of_parts(chain)
    return found


def _stretches(document: Document) -> list[tuple[int, int, int]]:
    """Parts of lines in which the name of a time stands near a figure, each from a border of words to another, with
    the start of its line.
    """
    low = document.low
    found: list[tuple[int, int, int]] = []
    for place in document.places[_HINTS]:
        if found and place < found[-1][1]:
            continue
        line, end = document.line_at(place)
        first, last = max(line, place - _AROUND), min(end, place + 2 * _AROUND)
        if found and first <= found[-1][1]:
            first = found.pop()[0]
        elif _NUMERIC.search(low, first, last) is None:
            continue
        else:
            while first > line and low[first - 1] not in " \t|":
                first -= 1
        while last < end and low[last] not in " \t|":
            last += 1
        found.append((first, last, line))
    return found


_AROUND: Final = 40  # code points before a name in which its figure may stand; twice as many behind it
# Minutes in figures or words: not "visit 4 of 10".
_NUMERIC: Final = folded(r"\d[\dm' ]|\d(?:min)?(?:[.;,|)\]/\n\r]|\Z)|minutes|ty\b|teen\b|\bten\b")
# How the names begin that tell what a figure is.
_HINTS: Final = openings(
    "timed",
    "tmd",
    "tmt",
    "ttl",
    "time based",
    "time-based",
    "time coded",
    "time-coded",
    "timebased",
    "time-dependent",
    "tcm",
    "ttc",
    "tc",
    "tot",
    "ttt",
    "ttm",
    "grand",
    "visit",
    "session",
    "whole",
    "entire",
    "overall",
    "altogether",
    "in all",
    "all ",
    "all min",
    "all time",
    "clinic",
    "encounter",
    "length",
    "duration",
    "start to",
    "door to",
    "treatment time",
    "treatment min",
    "tx time",
    "tx min",
    "therapy time",
    "therapy min",
    "minutes in t",
    "minutes of t",
    "min in t",
    "min of t",
)


def _chains(low: str, start: int, end: int) -> Iterator[list[_Part]]:
    """Runs of names and figures with nothing but marks between."""
    chain: list[_Part] = []
    mark, stop = "|", ""
    for match in _PART.finditer(low, start, end):
        if match["mark"] is not None:
            mark = stop + match["mark"]
            continue
        part = None
        if match["figure"] is not None:
            part = _figure(match, mark)
        elif match["name"] is not None and (chain or mark != " "):
            part = _name(match, mark)
        stop = "." if match[0].endswith("utes.") else ""
        mark = stop or (" " if match[0].endswith((" ", "-")) else "")
        if part is not None:
            if part.value is not None and chain and "=" in low[chain[-1].end : part.start]:
                while chain and chain[-1].value is not None and chain[-1].value < part.value:
                    chain.pop()  # what is added up: "28 + 10 = 38"
            chain.append(part)
        elif chain:
            yield chain
            chain = []
    if chain:
        yield chain


def _stops(mark: str) -> bool:
    """Whether the marks between two parts end a sentence."""
    return ("." in mark or ";" in mark) and _STOP.search(mark) is not None


def _figure(match: re.Match[str], mark: str) -> _Part | None:
    """A figure that can be minutes of the visit; one in words only with its unit."""
    said = match["figure"][: len(match["figure"]) - len(match["unit"] or "")].strip()
    value = minutes_of(said)
    if value is None or value > LONGEST_VISIT or (match["unit"] is None and said.isalpha()):
        return None
    sure = match["unit"] is not None or not said.isdecimal()
    return _Part("", value, sure, _stops(mark), *match.span())


def _name(match: re.Match[str], mark: str) -> _Part | None:
    """Words that say which time it is."""
    words = match["name"].rstrip(" -")
    kind: Kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "")
    if not kind:
        return None
    sure = _SURE.search(words) is not None
    return _Part(kind, None, sure, _stops(mark), match.start(), match.start() + len(words))


def _pairs(chain: list[_Part], above: int, *, alone: bool) -> list[Stated]:
    """The chain read in turn, from a name on or from a figure on; nothing where neither leaves all parts paired. One
    figure with its unit before one name is enough where the two open their line (``alone``): "0:42   timed total".
    """
    for first, leads in ((0, chain[0].value is not None), (1, chain[0].value is None)):
        parts = chain[first:]
        # "TA 16 min, timed 31, total 33": the first figure is a service's
        led = len(chain) > _TWO_PAIRS and len(chain) % 2 == 1 and chain[0].value is not None
        if first and not (len(parts) > 1 and (parts[0].apart or led)):
            continue
        pairs = list(zip(parts[::2], parts[1::2], strict=False))
        if (len(parts) % 2 and not parts[-1].apart) or (
            leads and len(pairs) < 2 and not (alone and parts[0].sure and parts[1].sure)
        ):
            continue
        if any(other.apart or (one.value is None) == leads or (other.value is None) != leads for one, other in pairs):
            continue
        return _stated([(other, one) if leads else (one, other) for one, other in pairs], above)
    return []


_TWO_PAIRS: Final = 4  # parts of a chain: two names, each with its figure


def _pairs_of_parts(chain: list[_Part]) -> list[Stated]:
    """A pair on each side of a stop, one with its name before and one with its name behind the figure: "38 timed; in
    all 41". The whole time is one where it is no smaller than the timed minutes.
    """
    if len(chain) != _TWO_PAIRS or not chain[2].apart or (chain[0].value is None) == (chain[2].value is None):
        return []
    ordered = [(one, other) if one.value is None else (other, one) for one, other in (chain[:2], chain[2:])]
    if any(name.value is not None or figure.value is None for name, figure in ordered):
        return []
    return _stated(ordered, LONGEST_VISIT)


def _stated(pairs: list[tuple[_Part, _Part]], above: int) -> list[Stated]:
    """What (name, figure) pairs state; nothing where two state the same. A plain name ("visit") with a bare figure is
    the whole time where the figure is no smaller than the timed minutes beside it or in the line ``above``.
    """
    kinds = [name.kind for name, _ in pairs]
    if len(set(kinds)) < len(kinds):
        return []
    timed = next((figure.value or 0 for name, figure in pairs if name.kind == "timed"), above)
    return [
        Stated(name.kind, figure.value, min(name.start, figure.start), max(name.end, figure.end))
        for name, figure in pairs
        if figure.value is not None
        and name.kind in ("timed", "total")
        and (figure.sure or name.sure or name.kind == "timed" or figure.value >= timed)
    ]
