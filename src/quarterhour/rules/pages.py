"""A rule's page: text for people, and examples that are the rule's tests.

An example is a fence marked ``visit``. Each line is a service as it would be said aloud, or a field of the visit
record::

    payer: medicare-b                     any field of the record, with a dot for a field inside a field
    on: 2026-03-04                        short for date_of_service; pos is short for place_of_service
    97112 24 min 2 units GP               code, minutes, units, modifiers; all but the code may be left out
    97110 23 min, 8 assistant, 09:00-09:23, group, $45.00
    note| Lifting 10 lb, floor to shelf   a line of the visit's note; several make its text
    ---                                   another visit begins
    97530 24 min 3 units GP               # UNT101: 3 timed units billed, but 24 timed minutes support 2

What stands after ``#`` is a finding the rule must raise: its code and, if given, the beginning of its message. The rule
must raise exactly the findings its example names; an example without any must be clean of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_FENCE: Final = re.compile(r"^```visit[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FIELD: Final = re.compile(r"([a-z_]+(?:\.[a-z_]+)*)\s*:\s*(.*)")
_NOTE: Final = "note|"
_CODE: Final = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]$")
_PART: Final = re.compile(
    r"(?P<minutes>\d+) ?min|(?P<assistant>\d+) assistant|(?P<units>\d+) units?"
    r"|(?P<begin>\d\d:\d\d)-(?P<end>\d\d:\d\d)|\$(?P<charge>[\d.]+)"
    r"|(?P<mode>one-on-one|group|concurrent|co-treatment)|(?P<modifier>[0-9A-Z]{2})(?![0-9A-Za-z])"
)
_EXPECTED: Final = re.compile(r"([A-Z]{3}\d{3})(?::\s*(.*))?$")
#: Fields whose digits are text.
_TEXT: Final = frozenset({"pos", "place_of_service", "zip"})
_SHORT: Final = {"on": "date_of_service", "pos": "place_of_service", "plan": "plan_of_care"}
#: What a visit in an example is unless it says otherwise. ``none`` takes a field away.
DEFAULTS: Final = {
    "date_of_service": "2026-03-04",
    "payer": "medicare-b",
    "setting": "private-practice",
    "place_of_service": "11",
    "state": "TX",
    "discipline": "PT",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding an example names; ``message`` is how it begins, empty for any."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Example:
    """One example: visit records as plain values, what must be found, and the line of the page it begins on."""

    line: int
    visits: tuple[dict[str, Any], ...]
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page. ``sections`` are the texts below the headings of level two."""

    title: str
    text: str
    sections: dict[str, str]
    examples: tuple[Example, ...]


def read_page(path: Path) -> Page:
    """Read a page.

    Raises:
        ValueError: for an example that cannot be read, naming page and line.

    """
    text = path.read_text(encoding="utf-8")
    title, _, _ = text.removeprefix("# ").partition("\n")
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    sections = {heading.strip(): body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)}
    examples = []
    for fence in _FENCE.finditer(text):
        line = text.count("\n", 0, fence.start()) + 1
        try:
            examples.append(read_example(fence[1], line))
        except ValueError as error:
            msg = f"{path}:{line}: {error}"
            raise ValueError(msg) from error
    return Page(title.strip(), text, sections, tuple(examples))


def read_example(body: str, line: int = 1) -> Example:
    """Read the text between the fences.

    Raises:
        ValueError: for a line that is neither a field, a service nor a separator.

    """
    visits, expected = [], []
    for block in re.split(r"^---\s*$", body, flags=re.MULTILINE):
        visit: dict[str, Any] = {**DEFAULTS, "services": []}
        for raw in block.splitlines():
            if raw.startswith(_NOTE):
                note = visit.setdefault("note", {})
                note["text"] = note.get("text", "") + raw.removeprefix(_NOTE).removeprefix(" ") + "\n"
                continue
            said, _, finding = raw.partition("#")
            if finding.strip():
                match = _EXPECTED.match(finding.strip())
                if match is None:
                    msg = f"after '#' stands a finding such as UNT101: its message, not {finding.strip()!r}"
                    raise ValueError(msg)
                expected.append(Expected(match[1], (match[2] or "").strip()))
            if said.strip():
                _read_line(said.strip(), visit)
        if not visit["services"]:
            del visit["services"]
        visits.append(visit)
    return Example(line, tuple(visits), tuple(expected))


def _read_line(said: str, visit: dict[str, Any]) -> None:
    field = _FIELD.fullmatch(said)
    if field:
        value = field[2] if field[1] in _TEXT else _value(field[2])
        _set(visit, field[1], None if value == "none" else value)
        return
    code, *_ = said.replace(",", " ").split()
    if not _CODE.match(code):
        msg = f"cannot read {said!r}"
        raise ValueError(msg)
    visit["services"].append(_service(code, said[len(code) :]))


def _service(code: str, said: str) -> dict[str, Any]:
    service: dict[str, Any] = {"code": code}
    rest = said
    for part in _PART.finditer(said):
        rest = rest.replace(part[0], "", 1)
        for name in ("minutes", "units"):
            if part[name]:
                service[name] = int(part[name])
        if part["assistant"]:
            service["assistant_minutes"] = int(part["assistant"])
        if part["begin"]:
            service.setdefault("intervals", []).append([part["begin"], part["end"]])
        if part["charge"]:
            service["charge"] = part["charge"]
        if part["mode"]:
            service["mode"] = part["mode"]
        if part["modifier"]:
            service.setdefault("modifiers", []).append(part["modifier"])
    if rest.strip(" ,"):
        msg = f"cannot read {rest.strip(' ,')!r} of a service"
        raise ValueError(msg)
    return service


def _set(visit: dict[str, Any], path: str, value: object) -> None:
    first, *others = path.split(".")
    names = [_SHORT.get(first, first), *others]
    at = visit
    for name in names[:-1]:
        at = at.setdefault(name, {})
    if value is None:
        at.pop(names[-1], None)
    else:
        at[names[-1]] = value


def _value(text: str) -> object:
    """JSON where the text is JSON, else the text itself."""
    if text == "none":
        return None
    if text[:1] in '[{"' or text in {"true", "false"} or re.fullmatch(r"[1-9]\d*|0", text):
        return json.loads(text)
    return text
