"""The report as SARIF 2.1.0, which code hosts and editors show beside the file."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def text(report: dict[str, Any]) -> str:
    """One run; what could not be read stands among its notifications, and the run is then not successful.

    A defect of X12 that a finding tells as well (it has the ``rule``) is no result of its own.
    """
    rules = {finding["rule"]: finding for finding in report["findings"]}
    defects = [
        (one, defect)
        for one in report["inputs"]
        for defect in one["defects"]
        if "snip" in defect and "rule" not in defect
    ]
    order = {rule: place for place, rule in enumerate(sorted(rules))}
    run = {
        "tool": {
            "driver": {
                "name": report["tool"]["name"],
                "version": report["tool"]["version"],
                "semanticVersion": report["tool"]["version"],
                "rules": [*(_rule(rules[rule]) for rule in order), *_defect_rules(defects)],
                "properties": {"policy": report["tool"]["policy"]},
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report["errors"],
                "toolExecutionNotifications": [_notification(error) for error in report["errors"]],
            }
        ],
        "results": [
            *(_result(finding, order) for finding in report["findings"]),
            *(_defect_result(one["path"], defect) for one, defect in defects),
        ],
        "properties": {"notChecked": report["not_checked"], "summary": report["summary"]},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(finding: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": finding["rule"],
        "name": finding["name"],
        "shortDescription": {"text": finding["name"].replace("-", " ").capitalize() + "."},
        "help": {"text": f"quarterhour explain {finding['rule']} shows the rule, its sources and examples."},
        "properties": {"tags": [finding["kind"], finding["persona"]]},
    }


def _result(finding: dict[str, Any], order: dict[str, int]) -> dict[str, Any]:
    where = finding["where"]
    whole = finding["claim_id"] and not where["visit"]
    visit = finding["visit_id"] or (f"claim {finding['claim_id']}" if whole else f"visit {where['visit']}")
    about = f"{visit}, line {finding['line']} ({finding['code']})" if finding["line"] else visit
    logical = {"name": about, "fullyQualifiedName": f"{visit}{where['pointer']}"}
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if where["path"] is not None:
        location["physicalLocation"] = _physical(where)
    return {
        "ruleId": finding["rule"],
        "ruleIndex": order[finding["rule"]],
        "level": _LEVELS[finding["severity"]],
        "message": {"text": f"{finding['message']}. {finding['remedy']['text']}"},
        "locations": [location],
        "properties": {
            "confidence": finding["confidence"],
            "persona": finding["persona"],
            "remedy": finding["remedy"]["kind"],
            "numbers": finding["numbers"],
            "evidence": finding["evidence"],
            "sources": finding["sources"],
        },
    }


def _defect_rules(defects: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[dict[str, Any]]:
    """A rule for each sort of defect of X12 files."""
    sorts = {defect["name"]: defect for _, defect in defects}
    return [
        {
            "id": f"x12/{name}",
            "name": name,
            "shortDescription": {"text": name.replace("-", " ").capitalize() + "."},
            "properties": {"tags": ["x12", f"snip-{defect['snip']}"]},
        }
        for name, defect in sorted(sorts.items())
    ]


def _defect_result(path: str, defect: dict[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if defect["offset"] >= 0:
        place["region"] = {"byteOffset": defect["offset"]}
    logical = {"name": defect["element"], "fullyQualifiedName": f"{defect['loops']}/{defect['element']}"}
    return {
        "ruleId": f"x12/{defect['name']}",
        "level": _LEVELS[defect["level"]],
        "message": {"text": f"{defect['message']} (segment {defect['segment']})."},
        "locations": [{"logicalLocations": [logical], "physicalLocation": place}],
    }


def _notification(error: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"level": "error", "message": {"text": error["message"]}}
    if error["path"] is not None:
        told["locations"] = [{"physicalLocation": _physical(error)}]
    return told


def _physical(place: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"artifactLocation": {"uri": _uri(place["path"])}}
    if place.get("segment"):
        found["properties"] = {name: place[name] for name in ("segment", "loop", "element")}
    if place.get("line"):
        found["region"] = {"startLine": place["line"], "startColumn": place.get("column") or 1}
    return found


def _uri(path: str) -> str:
    if path == "-":
        return "stdin:"
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
