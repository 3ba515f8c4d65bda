"""Sections of a note: headings at the start of a line, spoken headings at the start of a sentence, and headings that
stand alone.

A heading is known by its words (pack ``headings``), never by its looks alone; a line that starts with an unknown
label stays in the section it stands in. What lies before the first heading is the section "header".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from quarterhour.notes.patterns import folded, written
from quarterhour.notes.text import Source

_LINE_HEAD: Final = folded(
    r"[ \t]*(?:[*#<>|\[-]+[ \t]*|\d[.)][ \t]+)?\**(?P<title>[a-z][a-z0-9/&'()-]*(?:[ -][a-z0-9/&'()"
    r"]+)*)\**[ \t]*(?P<mark>\]:?|[:|,.=>]|-{1,2}(?= )|\t+| {2,}|//|\r?$)?"
)
_SOAP: Final = frozenset("SOAPsoap \t")
_SINGLE: Final = folded(
    r"[ \t]*(?P<title>[soap])(?:[ \t]*(?://|[:)])[ \t]*|[ \t]*/(?!(?:p|e|o|u|b|w)\b)[ \t]*(?![a-z]?/)|"
    r"[ \t]*-+[ \t]+|[ \t]*\|[ \t]+)"
)
_SECOND: Final = folded(r"^[ \t]*b\)", re.MULTILINE)  # of a list "a) ..., b) ..."
_TERSE: Final = written(r"^(?P<title>[SOAP])(?:\.[ \t]+|[ \t]+)(?=\S)", re.MULTILINE)
_SPOKEN: Final = folded(
    (
        r"(?:^|(?<=[.!?;] )|(?<=  ))(?P<title>subjective|objective|assessment|plan|goals?|treatment "
        r"today|response|impression|treatment|interventions?|diagnosis)(?P<mark>[,:]|\.(?= )| -)"
    ),
    re.MULTILINE,
)
_CAPITALS: Final = written(r"(?:[A-Z]{3,} [A-Z][A-Z ]{2,}(?=[ ,(\r\n-]|$)|[A-Z]{4,}(?=  )|(?:Plan|PLAN)(?= \d))")
_LETTERED: Final = folded(r" [a-d1-9]$")  # "Goal B"
_SUFFIX: Final = folded(
    r" (?:today(?: \((?:visit [^)]*|[^)]{0,30})\))?|\((?:visit [^)]*|[^)]{0,30})\)|(?:for |since |of today).*|"
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?)$"
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
#: Sections whose contents are, unless their words say otherwise, planned, past, or practice at home.
DEFAULT_STATUS: Final[Mapping[str, str]] = {
    "plan": "planned",
    "goals": "planned",
    "history": "prior_visit",
    "home_program": "home_program",
    "precautions": "prior_visit",
}


class Section(msgspec.Struct, frozen=True, gc=False):
    """A part of the note: name, [start, end) with its heading, and where its body starts."""

    name: str
    start: int
    end: int
    body: int


def find_sections(source: Source, headings: Mapping[str, str]) -> list[Section]:
    """Sections in order, covering the note without a gap."""
    low, text = source.low, source.text
    marks: dict[int, tuple[str, int]] = {}
    start = 0
    size = len(low)
    lettered = "b)" in low and _SECOND.search(low) is not None
    while start < size:
        end = low.find("\n", start)
        end = size if end < 0 else end
        match = _LINE_HEAD.match(low, start, min(end, start + 60))
        if match is not None:
            _mark_line(source, headings, match, end, marks)
        letter = text[start]
        if letter in _TODAY_LETTERS and (treated := _TREATED_LINE.match(low, start, end)) is not None:
            marks.setdefault(start, ("treatment", treated.end("title")))
        if letter.isupper() or letter in " \t":
            capitals = _CAPITALS.match(text, start) if letter != " " else None
            if capitals is not None:
                title = low[start : capitals.end()].rstrip(" ,(-")
                while title:
                    if title in headings:
                        marks.setdefault(start, (headings[title], start + len(title)))
                        break
                    title = title.rpartition(" ")[0]
                    if " " not in title:
                        break
        if letter in _SOAP:
            single = _SINGLE.match(low, start)
            if single is not None and not (lettered and single["title"] == "a" and ")" in single[0]):
                marks.setdefault(single.start("title"), (headings[single["title"]], single.end()))
        start = end + 1
    for match in _terse(text):
        marks.setdefault(match.start(), (headings[match["title"].lower()], match.end()))
    if len(marks) < 3 or low.count("\n") < 4:
        for match in _SPOKEN.finditer(low):
            marks.setdefault(match.start("title"), (headings[match["title"]], match.end()))
    _inline(low, marks)
    sections: list[Section] = []
    places = sorted(marks)
    size = len(low)
    if size and (not places or places[0] > 0):
        sections.append(Section("header" if places else "note", 0, places[0] if places else size, 0))
    for index, place in enumerate(places):
        name, body = marks[place]
        end = places[index + 1] if index + 1 < len(places) else size
        # "S:" runs to "O:"; without one after it, it fills its line only.
        whole = low[place : place + 2].rstrip(":.-) \t") == "s" and any(
            marks[later][0] == "objective" for later in places[index + 1 :]
        )
        cut = _line_scope(low, name, body, end, whole)
        sections.append(Section(name, place, cut, body))
        if cut < end:
            sections.append(Section("note", cut, end, cut))
    return sections


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


def _mark_line(
    source: Source, headings: Mapping[str, str], match: re.Match[str], line_end: int, marks: dict[int, tuple[str, int]]
) -> None:
    title = match["title"]
    mark = match["mark"] or ("" if match.end() >= line_end else None)
    if mark and not mark.strip() and mark != "\r":
        name = headings.get(title)
        if name in _LAID_OUT and title not in _NOT_ALONE and match.end() < line_end:
            marks[match.start("title")] = (name, match.end())
        return
    if mark is None or mark == "\r":
        if match.end() < line_end and mark is None:
            return
        mark = ""
    if mark == "" and match.end() < line_end and source.low[match.end() : line_end].strip():
        return
    name = headings.get(title) or headings.get(_cleaned(title) if not mark else _LETTERED.sub("", _cleaned(title)))
    if name is None or (mark in ("|", "=") and len(title) == 1):
        return
    if mark == "" and (title in _NOT_ALONE or not _stands_alone(source, match)):
        return
    if mark == "," and title not in ("treatment today", "today's treatment", "tx today", "treatment this date"):
        return
    if mark == "." and (len(title) < 4 or source.low[match.end() : match.end() + 1] not in ("", " ", "\r", "\n", "\t")):
        return
    marks[match.start("title")] = (name, match.end())


# A line that tells what was done today below the goals and the plan: "First treatment 97530 15 min: ...".
_TREATED_LINE: Final = folded(
    r"(?P<title>(?:first|initial|today's|same[- ]day|this) (?:treatment|tx|visit|session)|(?:treatment|treated|tx|seen|"
    r"done|provided) (?:today|this (?:date|visit))|today) ?[:,(-]?(?= [^\n]{0,60}\d ?(?:min\b|minutes|'))"
)
_TODAY_LETTERS: Final = "FITSDPfitsdp"
# Sections that a label and a gap may open, in notes laid out as a list of labels: "RESP    knee pain 2/10 kneeling".
_LAID_OUT: Final = frozenset(
    {"response", "plan", "goals", "progress", "rationale", "environment", "diagnosis", "precautions", "home_program"}
)


def _line_scope(low: str, name: str, body: int, end: int, whole: bool) -> int:
    """Where a section ends that only fills its line: a label such as "Dx:" or "Time:", or goals that no list goes
    on with.
    """
    if name not in _ONE_LINE or whole:
        return end
    cut = low.find("\n", body)
    if (
        cut >= 0 and not low[body:cut].strip()
    ):  # the heading stands alone: its text is in the lines below, up to a blank one
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


def _indent(line: str) -> int:
    """How many blanks open ``line``."""
    return len(line) - len(line.lstrip(" \t"))


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


def _wrapped(low: str, cut: int, line: str) -> bool:
    """The line goes on with the sentence of the line before it, which ended without a full stop."""
    start = low.rfind("\n", 0, cut) + 1
    before = low[start:cut].rstrip()
    return (
        len(before) >= 58
        and not before.endswith((".", ";", ":", "!", "?"))
        and bool(line.strip())
        and "|" not in before
        and "  " not in line.strip()
    )


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


def _inline(low: str, marks: dict[int, tuple[str, int]]) -> None:
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


def _cleaned(title: str) -> str:
    title = title.replace("-", " ").strip()
    return _SUFFIX.sub("", title).strip() if " " in title else title


def _stands_alone(source: Source, match: re.Match[str]) -> bool:
    """A heading without a mark: in capitals, or a line by itself with another line after it."""
    title = source.text[match.start("title") : match.end("title")]
    return title.isupper() or title[:1].isupper()
