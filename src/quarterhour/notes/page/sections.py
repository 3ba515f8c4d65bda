"""Sections of a note: headings at the start of a line, spoken headings at the start of a sentence, and headings that
stand alone.

A heading is known by its words (pack ``headings``), never by its looks alone; a line that starts with an unknown
label stays in the section it stands in. What lies before the first heading is the section "header".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import msgspec

from quarterhour.notes.wording.patterns import folded, written
from quarterhour.notes.wording.text import Source

#: Sections whose contents are, unless their words say otherwise, planned, past, or practice at home.
DEFAULT_STATUS: Final[Mapping[str, str]] = {
    "plan": "planned",
    "goals": "planned",
    "history": "prior_visit",
    "home_program": "home_program",
    "precautions": "prior_visit",
}

# Section and place of the body by where a heading starts.
_Marks = dict[int, tuple[str, int]]


class Section(msgspec.Struct, frozen=True, gc=False):
    """A part of the note: name, [start, end) with its heading, and where its body starts."""

    name: str
    start: int
    end: int
    body: int


def find_sections(source: Source, headings: Mapping[str, str]) -> list[Section]:
    """Sections in order, covering the note without a gap."""
    low = source.low
    marks: _Marks = {}
    lettered = "b)" in low and _SECOND.search(low) is not None
    start, size = 0, len(low)
    while start < size:
        end = low.find("\n", start)
        end = size if end < 0 else end
        _mark_line(source, headings, start, end, lettered, marks)
        start = end + 1
    for match in _terse(source.text):
        marks.setdefault(match.start(), (headings[match["title"].lower()], match.end()))
    if len(marks) < _FEW_HEADINGS or low.count("\n") < _FEW_LINES:
        for match in _SPOKEN.finditer(low):
            marks.setdefault(match.start("title"), (headings[match["title"]], match.end()))
    _mark_inside_lines(low, marks)
    return _between(low, marks)


_SECOND: Final = folded(r"^[ \t]*b\)", re.MULTILINE)  # of a list "a) ..., b) ..."
_SPOKEN: Final = folded(
    (
        r"(?:^|(?<=[.!?;] )|(?<=  ))(?P<title>subjective|objective|assessment|plan|goals?|treatment "
        r"today|response|impression|treatment|interventions?|diagnosis)(?P<mark>[,:]|\.(?= )| -)"
    ),
    re.MULTILINE,
)
# A note of fewer headings, or of few lines, may be dictated.
_FEW_HEADINGS: Final = 3
_FEW_LINES: Final = 4


def _mark_line(
    source: Source, headings: Mapping[str, str], start: int, end: int, lettered: bool, marks: _Marks
) -> None:
    """Add the heading that the line [start, end) opens with; in a note that is ``lettered`` "a)" is none."""
    low, letter = source.low, source.text[start]
    match = _LINE_HEAD.match(low, start, min(end, start + _LONGEST_HEAD))
    if match is not None:
        heading = _heading(source, headings, match, end)
        if heading is not None:
            marks[match.start("title")] = heading
    if letter in _TODAY_LETTERS and (treated := _TREATED_LINE.match(low, start, end)) is not None:
        marks.setdefault(start, ("treatment", treated.end("title")))
    if letter.isupper():
        title = _capitals(source, headings, start)
        if title:
            marks.setdefault(start, (headings[title], start + len(title)))
    if letter in _SOAP:
        single = _SINGLE.match(low, start)
        if single is not None and not (lettered and single["title"] == "a" and ")" in single[0]):
            marks.setdefault(single.start("title"), (headings[single["title"]], single.end()))


_LINE_HEAD: Final = folded(
    r"[ \t]*(?:[*#<>|\[-]+[ \t]*|\d[.)][ \t]+)?\**(?P<title>[a-z][a-z0-9/&'()-]*(?:[ -][a-z0-9/&'()"
    r"]+)*)\**[ \t]*(?P<mark>\]:?|\.{3,}(?= )|[:|,.=>]|-{1,2}(?= )|\t+| {2,}|//|\r?$)?"
)
_LONGEST_HEAD: Final = 60  # code points
# A line that tells what was done today below the goals and the plan: "First treatment 97530 15 min: ...".
_TREATED_LINE: Final = folded(
    r"(?P<title>(?:first|initial|today's|same[- ]day|this) (?:treatment|tx|visit|session)|(?:treatment|treated|tx|seen|"
    r"done|provided) (?:today|this (?:date|visit))|today) ?[:,(-]?(?= [^\n]{0,60}\d ?(?:min\b|minutes|'))"
)
_TODAY_LETTERS: Final = "FITSDPfitsdp"
_SOAP: Final = frozenset("SOAPsoap \t")
_SINGLE: Final = folded(
    r"[ \t]*(?P<title>[soap])(?:[ \t]*(?://|[:)])[ \t]*|[ \t]*/(?!(?:p|e|o|u|b|w)\b)[ \t]*(?![a-z]?/)|"
    r"[ \t]*-+[ \t]+|[ \t]*\|[ \t]+)"
)


def _heading(
    source: Source, headings: Mapping[str, str], match: re.Match[str], line_end: int
) -> tuple[str, int] | None:
    """Section and place of the body that the words at the head of a line open, None where they are no heading."""
    title, mark = match["title"], match["mark"] or ""
    rest = source.low[match.end() : line_end]
    if mark.isspace() and mark != "\r":
        laid_out = rest and title not in _NOT_ALONE and headings.get(title) in _LAID_OUT
        return (headings[title], match.end()) if laid_out else None
    if mark in ("", "\r"):
        if rest.strip() if mark else rest:
            return None
        name = headings.get(title) or headings.get(_cleaned(title))
        stands_alone = title not in _NOT_ALONE and source.text[match.start("title")].isupper()
        return (name, match.end()) if name is not None and stands_alone else None
    name = headings.get(title) or headings.get(_LETTERED.sub("", _cleaned(title)))
    return (name, match.end()) if name is not None and _is_marked(title, mark, rest) else None


# Sections that a label and a gap may open, in notes laid out as a list of labels: "RESP    knee pain 2/10 kneeling".
_LAID_OUT: Final = frozenset(
    {"response", "plan", "goals", "progress", "rationale", "environment", "diagnosis", "precautions", "home_program"}
)
_NOT_ALONE: Final = frozenset(
    {
        "s",
        "o",
        "a",
        "p",
        "report",
        "pain",
        "home",
        "next",
        "today",
        "individual",
        "group",
        "time",
        "total",
        "minutes",
        "tx",
        "rx",
        "gait",
        "why",
        "place",
        "re",
    }
)
_LETTERED: Final = folded(r" [a-d1-9]$")  # "Goal B"


def _is_marked(title: str, mark: str, rest: str) -> bool:
    """The mark behind a title, and the ``rest`` of the line behind it, let it be a heading."""
    if mark in ("|", "="):
        return len(title) > 1
    if mark == "," and rest.startswith('"'):  # a field of a table of text: plan,"2x/wk x 5 wk"
        return len(title) > 1
    if mark == ",":
        return title in _BEFORE_COMMA or (title in _OF_GOALS and _DUE.match(rest) is not None)
    return mark != "." or (len(title) >= _SHORTEST_STOPPED and rest[:1] in ("", " ", "\r", "\t"))


_BEFORE_COMMA: Final = ("treatment today", "today's treatment", "tx today", "treatment this date")
# A heading of goals that says by when: "GOALS, all by 11/16/2026".
_OF_GOALS: Final = ("goals", "goal", "short term goals", "long term goals", "stgs", "ltgs")
_DUE: Final = folded(r" ?(?:all |each |both )?(?:to be met |due )?(?:by|due|through|for) [\da-z]")
_SHORTEST_STOPPED: Final = 4  # code points of a title with a full stop: a shorter one is an abbreviation


def _cleaned(title: str) -> str:
    """The title without its hyphens and without the day or the visit it names."""
    title = title.replace("-", " ").strip()
    return _SUFFIX.sub("", title).strip() if " " in title else title


_SUFFIX: Final = folded(
    r" (?:today(?: \((?:visit [^)]*|[^)]{0,30})\))?|\((?:visit [^)]*|[^)]{0,30})\)|(?:for |since |of today).*|"
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?)$"
)


def _capitals(source: Source, headings: Mapping[str, str], start: int) -> str:
    """The words in capitals at ``start`` as far as they are a title, of two words or all of them; "" for none."""
    match = _CAPITALS.match(source.text, start)
    title = source.low[start : match.end()].rstrip(" ,(-") if match is not None else ""
    while title and title not in headings:
        title = title.rpartition(" ")[0]
        if " " not in title:
            return ""
    return title


_CAPITALS: Final = written(r"(?:[A-Z]{3,} [A-Z][A-Z ]{2,}(?=[ ,(\r\n-]|$)|[A-Z]{4,}(?=  )|(?:Plan|PLAN)(?= \d))")


def _terse(text: str) -> list[re.Match[str]]:
    """Letters without a mark, where three of the four open lines: "S no pain", "O TE 12 min"; not the initial of a
    name above them: "P. Vasquez, 55, right-handed".
    """
    if not any(line in text for line in ("\nO ", "\nO.", "\nA ", "\nA.")):
        return []
    found = list(_TERSE.finditer(text))
    titles = [match["title"] for match in found]
    if len(set(titles)) < 3:
        return []
    named = titles.count(titles[0]) > 1 and text[found[0].end("title")] == "."
    return found[1:] if named else found


_TERSE: Final = written(r"^(?P<title>[SOAP])(?:\.[ \t]+|[ \t]+)(?=\S)", re.MULTILINE)


def _mark_inside_lines(low: str, marks: _Marks) -> None:
    """Headings inside a line, after a full stop: "... no new swelling. Plan: ..."; and "Home" that opens a note says
    where the visit was, for no program opens one.
    """
    if marks.get(0, ("", 0))[0] == "home_program" and low.startswith("home "):
        marks[0] = ("header", marks[0][1])
    place = low.find(": ")
    while place >= 0:
        start = low.rfind(" ", max(0, place - 12), place) + 1
        name = _INLINE_NAMES.get(low[start:place]) if start > 1 else None
        if name is not None and (low[start - 2] in ".;)" or low[start - 2].isdigit()):
            marks.setdefault(start, (name, place + 1))
        place = low.find(": ", place + 1)


_INLINE_NAMES: Final = {
    "home": "home_program",
    "hep": "home_program",
    "plan": "plan",
    "response": "response",
    "goal": "goals",
    "goals": "goals",
    "assessment": "assessment",
    "next": "plan",
    "carryover": "home_program",
    "carry-over": "home_program",
    "p": "plan",
    "a": "assessment",
    "s": "subjective",
    "o": "objective",
}


def _between(low: str, marks: _Marks) -> list[Section]:
    """The sections that ``marks`` open; what a section that only fills its line leaves is a "note"."""
    sections: list[Section] = []
    places = sorted(marks)
    size = len(low)
    if size and (not places or places[0] > 0):
        sections.append(Section("header" if places else "note", 0, places[0] if places else size, 0))
    for place, following in pairwise([*places, size]):
        name, body = marks[place]
        # "S:" runs to "O:"; without one after it, it fills its line only.
        whole = low[place : place + 2].rstrip(":.-) \t") == "s" and any(
            later > place and marks[later][0] == "objective" for later in places
        )
        end = _line_scope(low, name, body, following, whole)
        sections.append(Section(name, place, end, body))
        if end < following:
            sections.append(Section("note", end, following, end))
    return sections


def _line_scope(low: str, name: str, body: int, end: int, whole: bool) -> int:
    """Where a section ends that only fills its line: a label such as "Dx:" or "Time:", or goals that no list goes
    on with.
    """
    if name not in _ONE_LINE or whole:
        return end
    cut = low.find("\n", body)
    if cut >= 0 and not low[body:cut].strip():
        # the heading stands alone: its text is in the lines below, up to a blank one
        blank = _BLANK_LINE.search(low, cut + 1, end)
        return blank.end() if blank is not None else end
    opening = low.rfind("\n", 0, body) + 1
    bulleted = _BULLET.match(low, opening) is not None  # the line itself is one of a list
    indent = _indent(low[opening:cut])
    while cut >= 0 and cut + 1 < end and not bulleted:
        line_end = low.find("\n", cut + 1)
        line_end = end if line_end < 0 else min(line_end, end)
        line = low[cut + 1 : line_end]
        if not (_LISTED.match(line) or (line.strip() and _indent(line) > indent) or _wrapped(low, cut, line)):
            break
        cut = line_end
    return end if cut < 0 or cut + 1 >= end else cut + 1


_ONE_LINE: Final = frozenset(
    {
        "diagnosis",
        "time",
        "environment",
        "precautions",
        "goals",
        "home_program",
        "history",
        "subjective",
        "education",
        "signature",
    }
)
_BLANK_LINE: Final = folded(r"^[ \t]*\r?\n", re.MULTILINE)
_BULLET: Final = folded(r"[ \t]*(?:[*>-] ?|\d{1,2}[.)] )[a-z]")
_LISTED: Final = folded(r"[ \t]*(?:[*>-]|\d{1,2}[.)]|(?:stg|ltg|goal|g|m) ?#?\d)")


def _indent(line: str) -> int:
    """How many blanks open ``line``."""
    return len(line) - len(line.lstrip(" \t"))


def _wrapped(low: str, cut: int, line: str) -> bool:
    """The line goes on with the sentence of the line before it, which ended without a full stop."""
    start = low.rfind("\n", 0, cut) + 1
    before = low[start:cut].rstrip()
    return (
        len(before) >= SHORTEST_WRAPPED
        and not before.endswith((".", ";", ":", "!", "?"))
        and bool(line.strip())
        and "|" not in before
        and "  " not in line.strip()
    )


#: A line of fewer code points was ended, and not wrapped.
SHORTEST_WRAPPED: Final = 58
