"""A note as a piece of HTML: every line numbered, the words findings rest on marked and tied to them by links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from quarterhour.report.groups import Group, places_of

STYLE: Final = """
.note { font: .9375rem/1.6 ui-monospace, monospace; border: 1px solid var(--line); padding: .6rem .6rem .6rem 0; }
.note ol { margin: 0; padding-left: 3.5rem; } .note li { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: #ffe08a; color: #1a1a1a; text-decoration: underline; text-decoration-thickness: 2px; }
sup a { font: .75rem system-ui, sans-serif; }
tr:target, span:target + mark { outline: 3px solid var(--info); }
"""

#: Begin and end of words in the note, in code points.
Place = tuple[int, int]


def mark_id(prefix: str, place: Place) -> str:
    """The anchor of marked words."""
    return f"{prefix}-note-{place[0]}-{place[1]}"


def line_id(prefix: str, line: int) -> str:
    """The anchor of a line, which counts from 1."""
    return f"{prefix}-line-{line}"


def words_under(group: Group, prefix: str) -> dict[Place, list[tuple[str, str]]]:
    """The words the findings of a visit rest on, as :func:`marked` takes them; its remarks are numbered from 1."""
    places: dict[Place, list[tuple[str, str]]] = {}
    for number, remark in enumerate(group.remarks, 1):
        for finding in (remark.finding, *remark.beside):
            for place in places_of((finding,)):
                places.setdefault(place, []).append((f"{prefix}-{number}", finding["rule"]))
    return places


def marked(note: str, places: Mapping[Place, Sequence[tuple[str, str]]], prefix: str) -> list[str]:
    """The note, whose lines end with line feeds; ``places`` are the words findings rest on, each with the anchor and
    rule of the findings.

    Marks of one place may lie over those of another: the text is cut where any begins or ends, and a piece is marked
    if it is part of any.
    """
    inside = {place: rules for place, rules in places.items() if 0 <= place[0] < place[1] <= len(note)}
    cuts = sorted({0, len(note), *(offset for place in inside for offset in place), *_line_ends(note)})
    rows: list[str] = []
    row: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], len(note)], strict=True):
        begun = [place for place in inside if place[0] == start]
        text = note[start:end]
        body = escape(text.rstrip("\r\n"))
        if body and any(place[0] <= start < place[1] for place in inside):
            row.append("".join(f'<span id="{mark_id(prefix, place)}"></span>' for place in begun))
            row.append(f"<mark>{body}</mark>")
        else:
            row.append(body)
        row += [_back(rules) for place, rules in inside.items() if place[1] == end and start < end]
        if text.endswith("\n"):
            rows.append("".join(row))
            row = []
    if "".join(row):
        rows.append("".join(row))
    lines = (f'<li id="{line_id(prefix, number)}">{one}</li>' for number, one in enumerate(rows, 1))
    return ['<div class="note">', "<ol>", *lines, "</ol>", "</div>"]


def _line_ends(note: str) -> list[int]:
    ends, at = [], note.find("\n")
    while at >= 0:
        ends.append(at + 1)
        at = note.find("\n", at + 1)
    return ends


def _back(rules: Sequence[tuple[str, str]]) -> str:
    links = " ".join(f'<a href="#{anchor}" aria-label="finding {rule}">{rule}</a>' for anchor, rule in rules)
    return f"<sup>{links}</sup>"
