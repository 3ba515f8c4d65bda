"""How fast claims are judged by the rules over claims: columns made, facts derived, rules run.

    python benchmarks/claims.py                 a hundred thousand claims, half a minute
    python benchmarks/claims.py --claims 10000

Claims are drawn with a seed: three lines each, a third of the patients with a second claim, one claim in fifty with a
defect. CPU seconds of one run on one machine are the figures to quote.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from quarterhour.domain.claim import Claim
from quarterhour.domain.columns import Columns, Table, to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.engine.derive.claim_batch import claim_batch
from quarterhour.engine.derive.claims import derive_claims
from quarterhour.engine.judge import judge
from quarterhour.policy import load
from quarterhour.rules.catalogue import catalogue
from quarterhour.rules.contract import CLAIM_TABLES
from quarterhour.rules.examples import read_example

PAYER, TODAY = "medicare-b", dt.date(2026, 11, 21)
FIRST, DAYS = dt.date(2026, 1, 5), 250
EXAMPLE = "97530 2 units GP $90.00\n97110 1 unit GP $45.00\n97140 1 unit GP 59 $45.00"
DEFECTS: tuple[dict[str, Any], ...] = (
    {"diagnoses": []},
    {"frequency": "7"},
    {"stated_charge": "1.00"},
    {"referring_provider": None},
    {"billing_provider": {"npi": "1234567890"}},
)
T = TypeVar("T")


def drawn(number: int) -> list[Claim]:
    """So many claims, the same for the same number."""
    draw = random.Random(11)
    (whole,) = read_example(EXAMPLE, of_claims=True).claims
    claims = []
    for place in range(number):
        day = (FIRST + dt.timedelta(days=draw.randrange(DAYS))).isoformat()
        record = whole | {
            "patient_control_number": f"C-{place}",
            "patient": whole["patient"] | {"id": f"P-{place * 3 // 4}"},
            "lines": [line | {"date_of_service": day} for line in whole["lines"]],
        }
        if draw.random() < 1 / 50:
            record |= draw.choice(DEFECTS)
        claims.append(from_builtins(record, Claim))
    return claims


def as_arrays(table: Table) -> None:
    """Turn the columns of a tree of tables into arrays, as they come from a file."""
    table.columns = {name: np.asarray(column, dtype=np.int64) for name, column in table.columns.items()}
    table.offsets = np.asarray(table.offsets, dtype=np.int64)
    for child in table.children.values():
        as_arrays(child)


def timed(what: str, number: int, work: Callable[[], T]) -> T:
    """Do it, and print the CPU seconds it took."""
    begin = time.process_time()
    done = work()
    seconds = time.process_time() - begin
    print(f"{what:<28} {seconds:7.2f} s  {number / seconds:>10,.0f} claims/s")
    return done


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    number = parser.parse_args().claims
    policy, today = load(), TODAY.toordinal()
    entries = [entry for entry in catalogue() if entry.rule.over in CLAIM_TABLES]
    claims = drawn(number)
    print(f"{number:,} claims, {sum(len(claim.lines) for claim in claims):,} lines, {len(entries)} rules")
    columns: Columns[Claim] = timed("records to columns", number, lambda: to_columns(Claim, claims))
    as_arrays(columns.root)
    policy.diagnoses  # noqa: B018 - the list of diagnoses is read once a process
    laid_out = timed("terms of payers", number, lambda: claim_batch(columns, policy, PAYER, today))
    derive_claims(laid_out, policy, today)  # the kernel of modifiers is compiled before the clock starts
    facts = timed("facts", number, lambda: derive_claims(laid_out, policy, today))
    judgement = timed("rules", number, lambda: judge(facts, policy, entries))
    hits = Counter({verdict.entry.code: verdict.hits.rows.size for verdict in judgement.verdicts})
    print(", ".join(f"{code} {count:,}" for code, count in sorted(hits.items())))


if __name__ == "__main__":
    main()
