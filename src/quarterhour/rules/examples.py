"""Examples on a rule's page: a visit, or a claim, in a few lines, with what must be found in it.

Each line of a visit is a service as it would be said aloud, or a field of the visit record::

    payer: medicare-b                     any field of the record, with a dot for a field inside a field
    on: 2026-03-04                        short for date_of_service; pos is short for place_of_service
    97112 24 min 2 units GP               code, minutes, units, modifiers; all but the code may be left out
    97110 23 min, 8 assistant, 09:00-09:23, group, $45.00
    note| Lifting 10 lb, floor to shelf   a line of the visit's note; several make its text
    ---                                   another visit begins
    97530 24 min 3 units GP               # UNT101: 3 timed units billed, but 24 timed minutes support 2

Each line of a claim is a service line, or a field of the claim record (``domain.claim``)::

    type: institutional                   short for claim_type; what such a claim has is then there as well
    97530 2 units GP $90.00 dx 1,2        dx are its pointers; also: on 2026-03-04, to 2026-03-06, pos 12, rev 0420
    97110 1 unit GP, no charge, no dx     # CLM204: 97110 has no charge
    97110 1 unit GP, npi 1234567890       the line's own rendering provider
    97110 1 unit GP, 51 times             as many lines

What stands after ``#`` is a finding the rule must raise: its code and, if given, the beginning of its message. The rule
must raise exactly the findings its example names; an example without any must be clean of it.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from typing import Any, Final

_FIELD: Final = re.compile(r"([a-z_]+(?:\.[a-z_]+)*)\s*:\s*(.*)")
_NOTE: Final = "note|"
_CODE: Final = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]$")
_PART: Final = re.compile(
    r"(?P<minutes>\d+) ?min|(?P<assistant>\d+) assistant|(?P<units>\d+) units?"
    r"|(?P<begin>\d\d:\d\d)-(?P<end>\d\d:\d\d)|\$(?P<charge>-?[\d.]+)"
    r"|(?P<mode>one-on-one|group|concurrent|co-treatment)|(?P<modifier>[0-9A-Z]{2})(?![0-9A-Za-z])"
)
_EXPECTED: Final = re.compile(r"([A-Z]{3}\d{3})(?::\s*(.*))?$")
#: Fields whose digits are text.
_TEXT: Final = frozenset(
    {"pos", "place_of_service", "zip", "frequency", "original_reference", "institutional.facility"}
)
_SHORT: Final = {"type": "claim_type", "on": "date_of_service", "pos": "place_of_service", "plan": "plan_of_care"}
#: What a visit in an example is unless it says otherwise. ``none`` takes a field away.
DEFAULTS: Final = {
    "date_of_service": "2026-03-04",
    "payer": "medicare-b",
    "setting": "private-practice",
    "place_of_service": "11",
    "state": "TX",
    "discipline": "PT",
}


#: What a claim in an example is unless it says otherwise: one nobody would object to.
CLAIM: Final[dict[str, Any]] = {
    "claim_type": "professional",
    "payer": "medicare-b",
    "place_of_service": "11",
    "diagnoses": ["M25.561"],
    "patient": {
        "name": {"family": "Example", "given": "Ann"},
        "birth_date": "1950-05-06",
        "sex": "F",
        "address": {"street": "1 Sample Way", "city": "Dallas", "state": "TX", "zip": "75201"},
    },
    "coverage": {"payer_name": "Medicare", "payer_id": "04412", "member_id": "1EG4TE5MK73", "filing": "MB"},
    "billing_provider": {
        "npi": "1234567893",
        "name": "Sample Therapy",
        "tax_id": "123456789",
        "address": {"street": "2 Sample Way", "city": "Dallas", "state": "TX", "zip": "752011234"},
    },
    "rendering_provider": {"npi": "1234567919", "name": "Vale, Nora", "taxonomy": "225100000X"},
    "referring_provider": {"npi": "1234567935", "name": "Sample, Kim"},
}
#: How an institutional claim differs.
INSTITUTIONAL: Final[dict[str, Any]] = {
    "place_of_service": None,
    "rendering_provider": None,
    "referring_provider": None,
    "institutional": {
        "facility": "74",
        "statement_from": "2026-03-04",
        "statement_to": "2026-03-04",
        "patient_status": "01",
        "attending": {"npi": "1234567935", "name": "Sample, Kim"},
        "codes": [["BH", "11:D8:20260201"], ["BH", "29:D8:20260202"], ["BH", "35:D8:20260202"]],
    },
}
_LINE: Final = {"units": 1, "charge": "45.00", "date_of_service": "2026-03-04"}
_OF_LINE: Final = re.compile(
    r"on (?P<date_of_service>\d{4}-\d\d-\d\d)|to (?P<date_to>\d{4}-\d\d-\d\d)|pos (?P<place_of_service>\d\d)"
    r"|rev (?P<revenue_code>\w+)|npi (?P<npi>\w+)|dx (?P<pointers>[\d,]*\d)|no (?P<none>charge|dx|date|rev)"
    r"|(?P<times>\d+) times"
)
_NONE: Final = {"dx": "diagnosis_pointers", "date": "date_of_service", "rev": "revenue_code"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding an example names; ``message`` is how it begins, empty for any."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Example:
    """One example: visits or claims as plain values, what must be found, and the line of the page it begins on."""

    line: int
    visits: tuple[dict[str, Any], ...]
    claims: tuple[dict[str, Any], ...]
    expected: tuple[Expected, ...]


def read_example(body: str, line: int = 1, *, of_claims: bool = False) -> Example:
    """Read the text between the fences.

    Raises:
        ValueError: for a line that is neither a field, a service nor a separator.

    """
    records, expected = [], []
    for number, block in enumerate(re.split(r"^---\s*$", body, flags=re.MULTILINE), 1):
        said, found = _said(block)
        expected += found
        records.append(_claim(said, number) if of_claims else _visit(said))
    read = tuple(records)
    return Example(line, () if of_claims else read, read if of_claims else (), tuple(expected))


def _said(block: str) -> tuple[list[str], list[Expected]]:
    """The lines of a record without what is expected of them, and that."""
    said, expected = [], []
    for raw in block.splitlines():
        if raw.startswith(_NOTE):
            said.append(raw)
            continue
        line, _, finding = raw.partition("#")
        if finding.strip():
            match = _EXPECTED.match(finding.strip())
            if match is None:
                msg = f"after '#' stands a finding such as UNT101: its message, not {finding.strip()!r}"
                raise ValueError(msg)
            expected.append(Expected(match[1], (match[2] or "").strip()))
        if line.strip():
            said.append(line.strip())
    return said, expected


def _visit(said: list[str]) -> dict[str, Any]:
    visit: dict[str, Any] = {**DEFAULTS, "services": []}
    for line in said:
        if line.startswith(_NOTE):
            note = visit.setdefault("note", {})
            note["text"] = note.get("text", "") + line.removeprefix(_NOTE).removeprefix(" ") + "\n"
        elif not _read_field(line, visit):
            code = _code(line)
            visit["services"].append(_service(code, line[len(code) :]))
    if not visit["services"]:
        del visit["services"]
    return visit


def _claim(said: list[str], number: int) -> dict[str, Any]:
    claim: dict[str, Any] = {"patient_control_number": f"C-{number}", "lines": [], **copy.deepcopy(CLAIM)}
    institutional = "type: institutional" in said
    if institutional:
        claim = {name: part for name, part in (claim | copy.deepcopy(INSTITUTIONAL)).items() if part is not None}
    for line in said:
        if not _read_field(line, claim):
            code = _code(line)
            own = _claim_line(code, line[len(code) :], institutional=institutional)
            claim["lines"] += [own] * own.pop("times", 1)
    return claim


def _claim_line(code: str, said: str, *, institutional: bool) -> dict[str, Any]:
    line: dict[str, Any] = {**_LINE, **({"revenue_code": "0420"} if institutional else {"diagnosis_pointers": [1]})}
    rest = said
    for part in _OF_LINE.finditer(said):
        rest = rest.replace(part[0], "", 1)
        for name, value in part.groupdict().items():
            if value is None:
                continue
            if name == "none":
                line.pop(_NONE.get(value, value), None)
            elif name == "npi":
                line["rendering_provider"] = {"npi": value}
            elif name == "times":
                line[name] = int(value)
            elif name == "pointers":
                line["diagnosis_pointers"] = [int(one) for one in value.split(",")]
            else:
                line[name] = value
    return line | _service(code, rest)


def _read_field(said: str, record: dict[str, Any]) -> bool:
    """Whether the line is a field, which is then set."""
    field = _FIELD.fullmatch(said)
    if field is None:
        return False
    value = field[2] if field[1] in _TEXT else _value(field[2])
    _set(record, field[1], None if value == "none" else value)
    return True


def _code(said: str) -> str:
    code, *_ = said.replace(",", " ").split()
    if not _CODE.match(code):
        msg = f"cannot read {said!r}"
        raise ValueError(msg)
    return code


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
