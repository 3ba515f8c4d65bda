"""Synthetic visits, notes and claims with known defects, scrubbed: precision and recall of every rule.

    python benchmarks/truth.py [CLAIMS [SHARE [SEED]]]

Draws CLAIMS visits (460,000, about a million lines) of which SHARE (0.05) get a defect, a tenth as many with notes, and
a twentieth as many as claims in each of three forms (837P, 837I, a table of claim lines). Each file is scrubbed with
the whole catalogue, and what was found is compared visit by visit, or claim by claim, and rule by rule with what the
truth says must be found. A finding of any severity where the truth does not name the rule is a wrong one, in clean
visits as in the others. Ends with 1 if any rule has a precision or recall below one.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.scrub import scrub
from quarterhour.workflows.synth import synth
from quarterhour.workflows.synth.command import YEAR
from quarterhour.workflows.synth.defects.left_out import left_out

#: The day everything is judged on: the last of the year, so that time to file has passed for no claim of it.
TODAY: Final = f"{YEAR}-12-31"
_SHOWN: Final = 5


class Part(NamedTuple):
    """A file to draw: what it is, its name, how many visits for each of the whole, and whether with notes."""

    title: str
    name: str
    form: str
    share: float
    notes: bool = False


PARTS: Final = (
    Part("visits", "visits.parquet", "parquet", 1),
    Part("visits with notes", "noted.parquet", "parquet", 0.1, notes=True),
    Part("professional claims (837P)", "professional.837", "837p", 0.05),
    Part("institutional claims (837I)", "institutional.837", "837i", 0.05),
    Part("claim lines (CSV)", "claims.csv", "claim-lines", 0.05),
)


class Counts(NamedTuple):
    """How often each rule found what the truth names, what it does not, and found nothing where it does."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]


def compared(part: Part, claims: int, defects: float, seed: int, folder: Path, counts: Counts) -> None:
    """Draw and scrub one file, add to the counts, and print what does not agree."""
    drawn, truth, found = folder / part.name, folder / "truth.csv", folder / "found.parquet"
    told = synth(
        drawn, claims=claims, seed=seed, form=part.form, defects=defects, truth=truth, notes=part.notes
    )  # fmt: skip
    report = scrub(drawn, found, today=TODAY)
    known = pyarrow.csv.read_csv(truth)
    wanted = set(zip(known["visit_id"].to_pylist(), known["rule"].to_pylist(), strict=True))
    table = pq.read_table(found)
    # A finding about a claim carries the claim's number, which is the name of its visit.
    names = pc.coalesce(table["claim_id"], table["visit_id"])
    got = set(zip(names.to_pylist(), table["rule"].to_pylist(), strict=True))
    counts.right.update(rule for _, rule in wanted & got)
    counts.wrong.update(rule for _, rule in got - wanted)
    counts.missed.update(rule for _, rule in wanted - got)
    sizes = " ".join(f"{told[name]:,} {name}" for name in ("lines", "visits", "defects"))
    print(f"{part.title}: {sizes}; could not be read: {report['summary']['errors']}")
    for word, pairs in (("wrong", got - wanted), ("missed", wanted - got)):
        for visit, rule in sorted(pairs)[:_SHOWN]:
            print(f"  {word}: {rule} in {visit}")


def shown(counts: Counts) -> None:
    """A line a rule, and the rules that have no truth."""
    right, wrong, missed = counts
    print(f"{'rule':<8} {'right':>8} {'wrong':>8} {'missed':>8} {'precision':>10} {'recall':>8}")
    for rule in sorted(right | wrong | missed):
        precision = right[rule] / max(1, right[rule] + wrong[rule])
        recall = right[rule] / max(1, right[rule] + missed[rule])
        print(f"{rule:<8} {right[rule]:>8,} {wrong[rule]:>8,} {missed[rule]:>8,} {precision:>10.6f} {recall:>8.6f}")
    reasons = left_out(catalogue())
    untested = {entry.code for entry in catalogue()} - set(right)
    print(f"{len(right)} rules found what the truth names; {len(untested)} have no truth here:")
    for rule in sorted(untested):
        print(f"  {rule}: {reasons.get(rule, 'no visit or claim that was drawn lends itself to its defect')}")


def main() -> None:
    """All parts, then the rules."""
    given = sys.argv[1:]
    claims, share, seed = (*given, *("460000", "0.05", "0")[len(given) :])
    counts = Counts(Counter(), Counter(), Counter())
    for part in PARTS:
        with tempfile.TemporaryDirectory(prefix="quarterhour-truth-") as folder:
            compared(part, max(1, int(int(claims) * part.share)), float(share), int(seed), Path(folder), counts)
    shown(counts)
    raise SystemExit(1 if counts.wrong or counts.missed else 0)


if __name__ == "__main__":
    main()
