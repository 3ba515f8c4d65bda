"""Score the note reader on a folder of labelled notes.

    python benchmarks/notes/score.py FOLDER [--errors] [--only LIST | --part 0/3]

FOLDER holds ``labels.jsonl`` (one object a note: file, elements, activities, services, assistance, times) and the
notes. ``--part 1/3`` takes every third note (number modulo 3 equal to 1), ``--part !0/3`` all but those.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from quarterhour.notes import read


def _overlap(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return bool(first["start"] < second["end"] and second["start"] < first["end"])


class Tally:
    """Right, false and missed of one task, and the errors in words."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.false: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.errors: dict[str, list[str]] = defaultdict(list)
        self.elements: dict[str, Counter[bool]] = defaultdict(Counter)
        self.leaks = self.withheld = 0
        self.status_right = self.status_all = 0

    def error(self, kind: str, file: str, what: str) -> None:
        """Keep an error."""
        self.errors[kind].append(f"{file}: {what}")

    def figures(self, task: str) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        right, false, missed = self.right[task], self.false[task], self.missed[task]
        precision = right / (right + false) if right + false else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_note(tally: Tally, label: dict[str, Any], text: str) -> None:
    """Compare one note with its labels."""
    file = label["file"]
    found = read(text).as_dict()
    _score_services(tally, label, found, file)
    _score_activities(tally, label, found, file)
    _score_assistance(tally, label, found, file)
    if label.get("times") is not None:
        for name in ("total_timed_minutes", "total_treatment_minutes", "start", "stop"):
            wanted, given = label["times"].get(name), found["times"][name]
            if wanted == given:
                tally.right["times"] += wanted is not None
                continue
            tally.missed["times"] += wanted is not None
            tally.false["times"] += given is not None
            tally.error("times", file, f"{name}: wanted {wanted}, found {given}")
    for name, wanted in label["elements"].items():
        grade = found["elements"][name]
        tally.elements[name][wanted["status"] == grade["grade"]] += 1
        if wanted["status"] != grade["grade"]:
            quotes = [text[e["start"] : e["end"]] for e in grade["evidence"]]
            tally.error(
                f"element {name}",
                file,
                f"wanted {wanted['status']} {[e['quote'] for e in wanted['evidence']]}, "
                f"found {grade['grade']} {quotes}",
            )


def _score_services(tally: Tally, label: dict[str, Any], found: dict[str, Any], file: str) -> None:
    wanted = [s for s in label["services"] if s["minutes"] is not None and s.get("when", "performed") == "performed"]
    given = [s for s in found["services"] if s["minutes"] is not None and s["status"] == "performed"]
    for service in wanted:
        twin = next(
            (
                g
                for g in given
                if g["minutes"] == service["minutes"] and _same_code(service.get("code_hint"), g["code"])
            ),
            None,
        )
        if twin is None:
            tally.missed["minutes"] += 1
            tally.error("minutes missed", file, f"{service.get('code_hint')} {service['minutes']} {service['quote']!r}")
        else:
            given.remove(twin)
            tally.right["minutes"] += 1
    for service in given:
        tally.false["minutes"] += 1
        tally.error("minutes false", file, f"{service['code']} {service['minutes']} {service['label']!r}")


def _same_code(hint: str | None, code: str | None) -> bool:
    return hint is None or code is None or hint == code or code in hint


def _score_activities(tally: Tally, label: dict[str, Any], found: dict[str, Any], file: str) -> None:
    given = found["activities"]
    matched: set[int] = set()
    for wanted in label["activities"]:
        near = [(index, item) for index, item in enumerate(given) if _overlap(item, wanted)]
        matched.update(index for index, _ in near)
        done = any(item["status"] == "performed" for _, item in near)
        if wanted["when"] != "performed":
            tally.withheld += 1
            if done:
                tally.leaks += 1
                tally.error("leak", file, f"{wanted['when']} {wanted['quote']!r}")
        if wanted["when"] == "performed" and wanted["class"] not in ("assessment", "education"):
            tally.right["performed"] += done
            tally.missed["performed"] += not done
            if not done:
                tally.error(
                    "activity missed", file, f"{wanted['quote']!r} found {[(i['text'], i['status']) for _, i in near]}"
                )
        if near:
            same = any(item["status"] == wanted["when"] for _, item in near)
            tally.status_all += 1
            tally.status_right += same
            if not same:
                tally.error(
                    "activity status",
                    file,
                    f"wanted {wanted['when']} {wanted['quote']!r} found {[(i['text'], i['status']) for _, i in near]}",
                )
            kinds = {item["class"] for _, item in near}
            tally.elements["(activity class)"][wanted["class"] in kinds] += 1
            if wanted["class"] not in kinds:
                tally.error("activity class", file, f"wanted {wanted['class']} {wanted['quote']!r} found {kinds}")
    for index, item in enumerate(given):
        if item["status"] == "performed" and index not in matched and item["class"] not in ("assessment", "education"):
            tally.false["performed"] += 1
            tally.error("activity false", file, f"{item['class']} {item['text']!r}")


def _score_assistance(tally: Tally, label: dict[str, Any], found: dict[str, Any], file: str) -> None:
    performed = [a for a in label["assistance"] if a.get("when", "performed") == "performed"]
    others = [a for a in label["assistance"] if a.get("when", "performed") != "performed"]
    given = list(found["assistance"])
    for wanted in performed:
        near = [item for item in given if _overlap(item, wanted)]
        if any(_same_level(item["level"], wanted["level"]) for item in near):
            tally.right["assistance"] += 1
        else:
            tally.missed["assistance"] += 1
            tally.error(
                "assistance missed",
                file,
                f"{wanted['level']} {wanted['quote']!r} found {[item['level'] for item in near]}",
            )
        given = [item for item in given if item not in near]
    for item in given:
        tally.false["assistance"] += 1
        told = next((o["when"] for o in others if _overlap(item, o)), "unlabelled")
        tally.error("assistance false", file, f"{item['level']} at {item['start']} ({told})")


def _same_level(first: str, second: str) -> bool:
    return first == second or first in second or second in first or {first, second} == {"total", "dependent"}


def main() -> int:
    """Print the table; 0 always."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--part", default="")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    tally = Tally()
    count = 0
    for line in (options.folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        digits = "".join(c for c in Path(label["file"]).stem if c.isdigit())
        if options.part:
            rest, _, modulus = options.part.removeprefix("!").partition("/")
            inside = int(digits) % int(modulus) == int(rest)
            if inside == options.part.startswith("!"):
                continue
        if options.only and not any(name in label["file"] for name in options.only.split(",")):
            continue
        text = (options.folder / label["file"]).read_bytes().decode("utf-8")
        score_note(tally, label, text)
        count += 1
    print(f"{count} notes")
    for task in ("minutes", "performed", "assistance", "times"):
        precision, recall, both = tally.figures(task)
        print(f"  {task:24} precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}")
    print(f"  {'leaks':24} {tally.leaks} of {tally.withheld} = {tally.leaks / max(1, tally.withheld):.3f}")
    print(
        f"  {'activity status':24} {tally.status_right} of {tally.status_all} "
        f"= {tally.status_right / max(1, tally.status_all):.3f}"
    )
    graded = {name: counts for name, counts in tally.elements.items() if not name.startswith("(")}
    right = sum(counts[True] for counts in graded.values())
    print(f"  {'element grades':24} {right / max(1, sum(sum(c.values()) for c in graded.values())):.3f}")
    for name, counts in tally.elements.items():
        print(
            f"    {name:22} {counts[True]:3d} of {sum(counts.values()):3d} "
            f"= {counts[True] / max(1, sum(counts.values())):.2f}"
        )
    if options.errors:
        for kind in sorted(tally.errors):
            print(f"== {kind} ({len(tally.errors[kind])})")
            for error in tally.errors[kind]:
                print("   ", error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
