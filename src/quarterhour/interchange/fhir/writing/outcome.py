"""A report as an OperationOutcome: one issue a finding, and one for whatever could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from quarterhour.interchange.fhir.systems import RULE
from quarterhour.interchange.fhir.writing.pen import Element, filled

_SEVERITIES: Final = {"error": "error", "warning": "warning", "info": "information"}
_RULE_BROKEN: Final = "business-rule"
_UNREADABLE: Final = "invalid"
_STRUCTURE: Final = "structure"
_NOTHING: Final = "informational"


def outcome(report: Mapping[str, Any]) -> Element:
    """The report of a check (contract, section 4). Where nothing was found there is one issue that says so."""
    issues = [*_unread(report), *_defects(report), *map(_finding, report["findings"])]
    return {"resourceType": "OperationOutcome", "issue": issues or [_clean(report)]}


def _finding(finding: Mapping[str, Any]) -> Element:
    coding = {"system": RULE, "code": finding["rule"], "display": finding["name"]}
    about = finding["claim_id"] or finding["visit_id"]
    named = f"{about}: " if about else ""
    line = f"line {finding['line']}, {finding['code']}: " if finding["line"] else ""
    remedy = finding["remedy"]
    return filled(
        {
            "severity": _SEVERITIES[finding["severity"]],
            "code": _RULE_BROKEN,
            "details": {"coding": [coding], "text": finding["message"]},
            "diagnostics": f"{named}{line}{remedy['kind']}: {remedy['text']}",
            **_place(finding["where"]),
        }
    )


def _place(where: Mapping[str, Any]) -> Element:
    """A FHIRPath where the input is FHIR; else the place in the file as a location."""
    if "expression" in where:
        return {"expression": [where["expression"]]}
    lines = "".join(f":{where[name]}" for name in ("line", "column") if where.get(name))
    parts = [
        f"{where.get('path') or ''}{lines}",
        str(where.get("pointer") or ""),
        f"segment {where['segment']}" if where.get("segment") else "",
        str(where.get("element") or ""),
    ]
    return {"location": [" ".join(filter(None, parts))]} if any(parts) else {}


def _unread(report: Mapping[str, Any]) -> Iterator[Element]:
    for error in report["errors"]:
        yield filled({"severity": "error", "code": _UNREADABLE, "details": {"text": error["message"]}, **_place(error)})


def _defects(report: Mapping[str, Any]) -> Iterator[Element]:
    """The defects of files of X12, which stand with their input."""
    for one in report["inputs"]:
        for defect in one["defects"] if "kinds" in one else ():
            yield filled(
                {
                    "severity": _SEVERITIES[defect["level"]],
                    "code": _STRUCTURE,
                    "details": {"text": defect["message"]},
                    **_place(defect | {"path": one["path"]}),
                }
            )


def _clean(report: Mapping[str, Any]) -> Element:
    counts = report["summary"]
    said = f"nothing found; visits: {counts['visits']}, lines: {counts['lines']}"
    return {"severity": "information", "code": _NOTHING, "details": {"text": said}}
