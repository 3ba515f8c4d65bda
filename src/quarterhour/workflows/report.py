"""What was found as a report has it: findings with their places, what was not checked, and the counts."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from quarterhour.domain.finding import SEVERITIES, Citation, Finding
from quarterhour.domain.json import dumps
from quarterhour.domain.line_ends import with_line_feeds
from quarterhour.domain.money import Cents
from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import Unchecked
from quarterhour.interchange.errors import Defect
from quarterhour.interchange.visit_json import shown_pointer
from quarterhour.workflows.inputs import NOTE, Input

if TYPE_CHECKING:
    from quarterhour.interchange.x12 import Defect as X12Defect
    from quarterhour.workflows.claim_file import ClaimFile
    from quarterhour.workflows.kept import Kept


class Placed(msgspec.Struct, frozen=True):
    """A visit in its input: which input, the how-manieth visit of it from 1, where it stands there, and its note."""

    input: int
    number: int
    visit: Visit
    pointer: str
    document: int
    reading: Reading | None = None

    @property
    def text(self) -> str:
        """Its note, empty if it has none."""
        return (self.visit.note.text if self.visit.note else None) or ""

    @property
    def lined(self) -> str:
        """Its note with line feeds between its lines, so that all who count them count alike."""
        return with_line_feeds(self.text)


def finding_rows(
    inputs: Sequence[Input], placed: Sequence[Placed], found: Sequence[Sequence[Finding]]
) -> list[dict[str, Any]]:
    """The findings as the contract has them, each with the file, pointer and line it is about."""
    rows: list[tuple[dict[str, Any], Placed, str]] = []
    wanted: dict[int, set[tuple[int, str]]] = {}
    for at, of_visit in zip(placed, found, strict=True):
        alone = inputs[at.input].kind == NOTE
        for finding in of_visit:
            pointer = "" if alone else at.pointer + str(finding.where.get("pointer", ""))
            rows.append((plain_finding(finding), at, pointer))
            if not alone:
                wanted.setdefault(at.input, set()).add((at.document, pointer))
    places = {number: inputs[number].reading.places(pointers) for number, pointers in wanted.items()}
    for row, at, pointer in rows:
        row["where"] |= {"path": inputs[at.input].path, "visit": at.number}
        row["where"] |= inputs[at.input].reading.shown((at.document, pointer))
        if inputs[at.input].kind == NOTE:
            # Nothing is billed yet, so there is no line; the code stays.
            row["line"] = None
            row["where"] |= _in_note(row["evidence"], at.lined)
        elif place := places[at.input].get((at.document, pointer)):
            row["where"] |= {"line": place[0], "column": place[1]}
    return [row for row, _, _ in rows]


def by_visit(findings: Iterable[dict[str, Any]]) -> dict[tuple[str | None, int], list[dict[str, Any]]]:
    """The findings of a report by the path of the file and the number of the visit they are about."""
    found: dict[tuple[str | None, int], list[dict[str, Any]]] = {}
    for one in findings:
        found.setdefault((one["where"]["path"], one["where"]["visit"]), []).append(one)
    return found


def not_checked_rows(unchecked: Iterable[Unchecked]) -> list[dict[str, Any]]:
    """Rule and reason once, with the number of visits, and of claims where the rule is over claims."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for one in unchecked:
        row = rows.setdefault((one.rule, one.reason), {"rule": one.rule, "reason": one.reason, "visits": 0})
        row["visits"] += one.visits
        if one.claims:
            row["claims"] = row.get("claims", 0) + one.claims
    return [row for _, row in sorted(rows.items())]


def input_row(one: Input) -> dict[str, Any]:
    """An input with its counts; ``assumed`` where something had to be."""
    if one.claims is not None:
        return _claims_row(one, one.claims)
    told = {"path": one.path, "kind": one.kind, "visits": len(one.reading.visits), "lines": one.lines}
    defects = {"defects": [defect_row(defect) for defect in one.reading.defects]}
    return told | _fhir_row(one) | _table_row(one) | defects | ({"assumed": one.assumed} if one.assumed else {})


def _fhir_row(one: Input) -> dict[str, Any]:
    """What a FHIR file holds beside visits; nothing for another."""
    if one.fhir is None:
        return {}
    from quarterhour.workflows.fhir_input import fhir_row

    return fhir_row(one.fhir) | {"visits": one.visits, "not_judged": one.left_out}


def _table_row(one: Input) -> dict[str, Any]:
    """What a table of claim lines holds; nothing for another input."""
    if one.table is None:
        return {}
    charge = Cents(sum(claim.charge for claim in one.table.claims))
    return {
        "claims": len(one.table.claims), "visits": one.visits, "charge": str(charge), "not_judged": one.left_out,
    }  # fmt: skip


def _claims_row(one: Input, file: ClaimFile) -> dict[str, Any]:
    """A file of X12 among the inputs of a check."""
    return {"path": one.path} | x12_row(file) | {"visits": one.visits, "not_judged": one.left_out}


def x12_row(file: ClaimFile) -> dict[str, Any]:
    """A file of X12: figures over all its transactions, by kind where there are several, and its defects."""
    return {
        "kind": file.kind,
        "kinds": {kind.lower(): claims for kind, claims in file.kinds.items()},
        "guides": list(file.guides),
        "claims": file.claims,
        "lines": file.lines,
        "charge": None if file.charge is None else str(file.charge),
        "paid": None if file.paid is None else str(file.paid),
        "defects": list(map(x12_defect_row, file.defects)),
    }


def x12_defect_row(defect: X12Defect) -> dict[str, Any]:
    """What is wrong in a file of X12, and where."""
    return {
        "snip": defect.snip,
        "segment": defect.segment,
        "offset": defect.offset,
        "loop": defect.loop,
        "element": defect.element,
        "message": defect.message,
        "level": defect.level,
        "name": defect.name,
        "loops": defect.path,
    }


def defect_row(defect: Defect) -> dict[str, Any]:
    """What is wrong in an input, and where."""
    pointer = None if defect.pointer is None else shown_pointer(defect.pointer)
    return {"pointer": pointer, "line": defect.line, "column": defect.column, "message": defect.message}


def summary(inputs: Sequence[Input], findings: Kept) -> dict[str, Any]:
    """The counts."""
    files = [one.claims for one in inputs if one.claims is not None]
    levels: Counter[str] = Counter()
    for file in files:
        levels.update(file.levels)
    return {
        "inputs": len(inputs),
        "visits": sum(one.visits for one in inputs),
        "claims": sum(one.claim_count for one in inputs),
        "lines": sum(one.lines for one in inputs),
        "findings": len(findings),
        "errors": sum(len(one.reading.defects) for one in inputs),
        "by_severity": {one: findings.severities[one] for one in reversed(SEVERITIES) if findings.severities[one]},
        "defects": {level: levels[level] for level in ("error", "warning") if levels[level]},
        "by_rule": dict(sorted(findings.rules.items())),
    }


def was_read(report: Mapping[str, Any]) -> bool:
    """Whether there was anything to check: a visit or note, a claim, or a transaction that holds neither."""
    return bool(report["summary"]["visits"]) or any(
        one.get("claims") or ("kinds" in one and one["kind"]) for one in report["inputs"]
    )


def plain_finding(finding: Finding) -> dict[str, Any]:
    """A finding as JSON has it, lists and not tuples, so that a report from Python is the command's."""
    found: dict[str, Any] = msgspec.json.decode(dumps(msgspec.structs.replace(finding, sources=())))
    return found | {"sources": _sources(finding.sources)}


@functools.lru_cache(maxsize=4096)
def _sources(citations: tuple[Citation, ...]) -> list[dict[str, Any]]:
    """The same sources stand behind thousands of findings, so they are one list."""
    found: list[dict[str, Any]] = msgspec.json.decode(dumps(citations))
    return found


def _in_note(evidence: Sequence[dict[str, Any]], text: str) -> dict[str, int]:
    """Line and column of the first words a finding rests on; none where it is about words that are not there."""
    if not evidence:
        return {}
    start = min(one["start"] for one in evidence)
    return {"line": text.count("\n", 0, start) + 1, "column": start - text.rfind("\n", 0, start)}
