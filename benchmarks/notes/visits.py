"""Score ``check``, ``note`` and ``units`` on visit records with notes that a careful reviewer has judged.

    python benchmarks/notes/visits.py FOLDER [--errors]

FOLDER holds ``expected.jsonl`` (one object a visit: file, recorded, supported, problems, may_raise, must_not_raise,
clean; see the README of the development notes) and the visit records with their notes inside. A problem is raised by a
finding of its kind or a kind it accepts, with the same code where both name one, the same element where both name one,
and of error level where the problem is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import quarterhour


def meets(problem: Mapping[str, Any], finding: Mapping[str, Any]) -> bool:
    """Whether a finding raises a problem, whatever the severity."""
    kind, element = finding["kind"], finding["element"]
    if kind not in {problem["kind"], *problem.get("accept_kinds", ())}:
        return False
    if problem.get("code") and finding["code"] and problem["code"] != finding["code"]:
        return False
    wanted = problem.get("element")
    return not wanted or kind != problem["kind"] or element == wanted or (not element and kind != "documentation")


def forbidden(expected: Mapping[str, Any], finding: Mapping[str, Any]) -> bool:
    """Whether an error-level finding is a false alarm: the visit is clean, or the finding is one of those named."""
    return expected["clean"] or any(
        finding["kind"] == one["kind"]
        and all(not one.get(key) or one[key] == finding[key] for key in ("code", "element"))
        for one in expected["must_not_raise"]
    )


def minutes_told(text: str) -> dict[str, int]:
    """The minutes of each code that the note says were given today."""
    told: Counter[str] = Counter()
    for one in quarterhour.note(text)["services"]:
        if one["status"] == "performed" and one["code"] and one["minutes"]:
            told[one["code"]] += one["minutes"]
    return dict(told)


def units_of(expected: Mapping[str, Any], visit: Mapping[str, Any]) -> dict[str, Any]:
    """What ``units`` makes of the minutes the reviewer read and the assistant's share the record states."""
    assistant: Counter[str] = Counter()
    for one in visit["services"]:
        assistant[one["code"]] += one.get("assistant_minutes") or 0
    given = [(code, told, min(told, assistant[code])) for code, told in expected["recorded"]["minutes"].items()]
    return quarterhour.units(
        given, method=expected["method"], discipline=visit["discipline"], on=visit["date_of_service"]
    )


def lines_of(lines: Iterable[Mapping[str, Any]], timed: Mapping[str, int]) -> list[tuple[str, int, list[str]]]:
    """Lines of timed codes with the modifiers that follow from who treated; 59 and KX are a person's to attest."""
    return sorted(
        (one["code"], one["units"], sorted(set(one["modifiers"]) - {"59", "KX", "XE", "XP", "XS", "XU"}))
        for one in lines
        if one["code"] in timed and one["units"]
    )


def by_code(lines: Iterable[Mapping[str, Any]], timed: Mapping[str, int]) -> tuple[int, ...]:
    """The units of every timed code."""
    return tuple(sum(one["units"] for one in lines if one["code"] == code) for code in sorted(timed))


class Score:
    """What was met and what was not, in words."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.words: list[str] = []

    def count(self, what: str, right: bool, words: str) -> None:  # noqa: FBT001 - a tally of right and wrong
        """Count one comparison."""
        self.counts[what] += 1
        self.counts[f"{what}, met"] += right
        if not right:
            self.words.append(f"{what}: {words}")


def compare(score: Score, expected: Mapping[str, Any], visit: Mapping[str, Any]) -> None:
    """Compare one visit."""
    at = expected["visit_id"]
    findings = quarterhour.check(visit)["findings"]
    for problem in expected["problems"]:
        severe = problem["severity"] == "error"
        hit = any(meets(problem, one) and (not severe or one["severity"] == "error") for one in findings)
        what = "problems of error level" if severe else "problems of warning level"
        named = " ".join(str(problem[key]) for key in ("kind", "code", "element") if problem.get(key))
        score.count(what, hit, f"{at} {named}: {problem['why']}")
    for one in findings:
        asked = any(meets(problem, one) for problem in expected["problems"])
        said = f"{at} {one['rule']} {one['kind']} {one['code'] or ''}: {one['message']}"
        if one["severity"] == "error":
            score.count("errors that are no false alarm", not forbidden(expected, one), said)
            score.count("errors that were asked for", asked, said)
        elif one["severity"] == "warning":
            allowed = asked or any(meets(problem, one) for problem in expected["may_raise"])
            score.count("warnings that were asked for or allowed", allowed, said)
    recorded = expected["recorded"]
    if visit.get("note", {}).get("text"):
        told = {code: told for code, told in minutes_told(visit["note"]["text"]).items() if code in recorded["minutes"]}
        score.count("minutes read as the reviewer did", told == recorded["minutes"], f"{at} {told}")
    if not recorded["minutes"]:
        return
    timed = recorded["minutes"]
    answer = units_of(expected, visit)
    mine = {by_code(lines, timed) for lines in (answer["lines"], *answer["alternatives"])}
    told = {tuple(one[code] for code in sorted(timed)) for one in (recorded["units"], *recorded["alternatives"])}
    score.count("units, with every allocation of a tie", mine == told, f"{at} {mine}, the reviewer {told}")
    supported = expected["supported"]["lines"] or []
    if {one["code"] for one in supported} >= set(timed):
        # Where the reviewer lets the codes stand; another code, or none, is a judgement of the work and not of minutes.
        wanted = lines_of(supported, timed)
        found = [lines_of(lines, timed) for lines in (answer["lines"], *answer["alternatives"])]
        score.count("lines of the codes let stand", wanted in found, f"{at} {found}, the reviewer {wanted}")


def main() -> int:
    """Print the table; 0 always."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every difference")
    options = parser.parse_args()
    score = Score()
    lines = (options.folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        expected = json.loads(line)
        compare(score, expected, json.loads((options.folder / expected["file"]).read_text(encoding="utf-8")))
    print(f"{len(lines)} visits")
    for what, many in score.counts.items():
        if not what.endswith(", met"):
            print(f"  {what:42} {score.counts[f'{what}, met']:4} of {many:4}")
    if options.errors:
        print("\n".join(score.words))
    return 0


if __name__ == "__main__":
    sys.exit(main())
