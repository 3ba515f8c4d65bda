"""Synthetic claims with known defects, scrubbed: precision and recall of every rule over visits.

    python benchmarks/truth.py [CLAIMS [SHARE [SEED]]]

Draws CLAIMS (460,000, about a million lines) of which SHARE (0.05) get a defect, scrubs them with the whole catalogue
and compares visit by visit and rule by rule: what was found, and what the truth says must be found. A finding of any
severity in a visit for which the truth does not name the rule is a wrong one, in clean visits as in the others. Ends
with 1 if any rule over the record has a precision or recall below one.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq

from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.scrub import scrub
from quarterhour.workflows.synth import synth
from quarterhour.workflows.synth.defects.left_out import left_out

TODAY = "2026-11-21"


def pairs(visits: list[str], rules: list[str]) -> set[tuple[str, str]]:
    """Each visit with each rule once."""
    return set(zip(visits, rules, strict=True))


def main() -> None:
    """Print a line a rule, and what no defect is made for."""
    given = sys.argv[1:]
    claims, share, seed = (*given, *("460000", "0.05", "0")[len(given) :])
    with tempfile.TemporaryDirectory(prefix="quarterhour-truth-") as folder:
        drawn, truth, found = (Path(folder) / name for name in ("visits.parquet", "truth.csv", "found.parquet"))
        told = synth(drawn, claims=int(claims), seed=int(seed), defects=float(share), truth=truth)
        report = scrub(drawn, found, today=TODAY)
        known = pyarrow.csv.read_csv(truth)
        wanted = pairs(known["visit_id"].to_pylist(), known["rule"].to_pylist())
        table = pq.read_table(found, columns=["visit_id", "rule"])
        got = pairs(table["visit_id"].to_pylist(), table["rule"].to_pylist())
    counts = " ".join(f"{told[name]:,} {name}" for name in ("lines", "visits", "defects"))
    print(f"{counts}; could not be read: {report['summary']['errors']}")
    right = Counter(rule for _, rule in wanted & got)
    wrong = Counter(rule for _, rule in got - wanted)
    missed = Counter(rule for _, rule in wanted - got)
    print(f"{'rule':<8} {'right':>8} {'wrong':>8} {'missed':>8} {'precision':>10} {'recall':>8}")
    for rule in sorted(right | wrong | missed):
        precision = right[rule] / max(1, right[rule] + wrong[rule])
        recall = right[rule] / max(1, right[rule] + missed[rule])
        print(f"{rule:<8} {right[rule]:>8,} {wrong[rule]:>8,} {missed[rule]:>8,} {precision:>10.6f} {recall:>8.6f}")
    reasons = left_out(catalogue())
    untested = [rule for rule in sorted(reasons) if not right[rule]]
    print(f"{len(right)} rules found what the truth names; {len(untested)} have no truth here:")
    for reason, count in Counter(reasons[rule] for rule in untested).most_common():
        print(f"  {count:>4}  {reason}")
    for visit, rule in sorted(got - wanted)[:5]:
        print(f"wrong: {rule} in {visit}")
    for visit, rule in sorted(wanted - got)[:5]:
        print(f"missed: {rule} in {visit}")
    raise SystemExit(1 if wrong or missed else 0)


if __name__ == "__main__":
    main()
