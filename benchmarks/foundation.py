"""How fast the foundation is: one visit, one command, a million lines, with ratios to DuckDB SQL and Python loops.

    python benchmarks/foundation.py            a million lines, about a minute
    python benchmarks/foundation.py --quick    a hundred thousand lines, seconds

Everything runs on lines drawn by ``lines.py``. What the peers compute is compared with what the engine computed, row by
row, before any figure is printed. CPU seconds and ratios of one run on one machine are the figures to quote.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lines
import numpy as np

from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.batch import Batch, batch
from quarterhour.engine.derive.facts import derive
from quarterhour.engine.judge import judge
from quarterhour.engine.run import judge_visits
from quarterhour.policy import Policy, load
from quarterhour.policy.edits import SPAN
from quarterhour.policy.payers import UNIT_METHODS
from quarterhour.rules.catalogue import catalogue

PAYER, TODAY = "medicare-b", dt.date(2026, 11, 21)
COMMAND = [sys.executable, "-c", "import sys; from quarterhour.cli import main; sys.argv[0] = 'quarterhour'; main()"]
VISIT = {
    "visit_id": "V-1001",
    "date_of_service": "2026-03-04",
    "payer": "medicare-b",
    "setting": "private-practice",
    "place_of_service": "11",
    "state": "TX",
    "discipline": "PT",
    "patient": {"id": "P-1", "birth_date": "1950-05-06"},
    "therapist": {"npi": "1234567893", "credential": "PT"},
    "billing_provider": {"npi": "1234567919"},
    "plan_of_care": {
        "established": "2026-02-02", "certified_on": "2026-02-10", "certified_by": {"credential": "MD"},
        "diagnoses": ["M25.561"], "frequency": "2 per week", "duration": "8 weeks", "visit_number": 7,
        "last_progress_report_visit": 1, "goals": [{"id": "G1", "text": "Climb one flight of stairs with a rail"}],
    },
    "services": [
        {
            "code": "97530", "minutes": 24, "intervals": [["09:00", "09:24"]], "units": 2, "modifiers": ["GP", "59"],
            "charge": "90.00",
        },
        {"code": "97110", "minutes": 23, "assistant_minutes": 8, "units": 2, "modifiers": ["GP"], "charge": "80.00"},
        {"code": "97140", "minutes": 10, "units": 1, "modifiers": ["GP"], "charge": "40.00"},
        {"code": "97150", "minutes": 20, "units": 1, "modifiers": ["GP"], "charge": "25.00"},
        {"code": "G0283", "minutes": 15, "units": 1, "modifiers": ["GP"], "charge": "15.00"},
    ],
    "total_treatment_minutes": 95,
    "accrued": {"PT+SLP": "1200.00", "OT": "0.00"},
}  # fmt: skip


#: The visit of the manual's first example: two codes, nothing to say of them.
ORDINARY = {**VISIT, "visit_id": "V-1002", "total_treatment_minutes": 50, "services": [
    {"code": "97112", "minutes": 24, "units": 2, "modifiers": ["GP"], "charge": "90.00"},
    {"code": "97110", "minutes": 23, "units": 1, "modifiers": ["GP"], "charge": "40.00"},
]}  # fmt: skip


# One visit -----------------------------------------------------------------------------------------------------------


def one_visit(times: int, visit: dict[str, Any]) -> None:
    """Record in, findings out, whole catalogue, in a process that has done it before."""
    record, policy = json.dumps(visit), load()

    def judged() -> list[Any]:
        return judge_visits([from_builtins(json.loads(record), Visit)], policy, PAYER, TODAY).findings[0]

    begin = time.perf_counter()
    found = judged()
    first = time.perf_counter() - begin
    took = sorted(_timed(judged) for _ in range(times))
    print(
        f"one visit of {len(visit['services'])} services, {len(catalogue())} rules, JSON in, {len(found)} findings out"
    )
    print(f"  first {first * 1e3:8.1f} ms   (policy built, rules imported)")
    print(
        f"  median {statistics.median(took) * 1e6:7.0f} us   p99 {took[int(0.99 * times)] * 1e6:.0f} us   of {times:,}"
    )


def _timed(call: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


# One command ---------------------------------------------------------------------------------------------------------


def one_command(times: int) -> None:
    """The whole process, from the shell's point of view."""
    with tempfile.TemporaryDirectory() as folder:
        visit = Path(folder) / "visit.json"
        visit.write_text(json.dumps(VISIT), encoding="utf-8")
        commands = {
            "(bare python)": [sys.executable, "-c", ""],
            "--help": [*COMMAND, "--help"],
            "check visit.json": [*COMMAND, "check", str(visit)],
            "units 97530=24 97110=23": [*COMMAND, "units", "97530=24", "97110=23"],
        }
        print(f"whole process, median of {times}")
        for name, command in commands.items():
            took = [_timed(lambda command=command: _run(command)) for _ in range(times)]
            print(f"  {name:26} {statistics.median(took) * 1e3:6.0f} ms")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{command[-1]}: {done.stderr.decode()}")


# A million lines -----------------------------------------------------------------------------------------------------
# Each part runs in a process of its own, so that its memory is its own, and leaves its figures and answers in a file.


class Meter:
    """Wall and CPU seconds of named steps."""

    def __init__(self) -> None:
        """Start."""
        self.steps: dict[str, tuple[float, float]] = {}

    def step(self, name: str, call: Callable[[], Any]) -> Any:
        """Do it and note what it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = call()
        self.steps[name] = (time.perf_counter() - wall, time.process_time() - cpu)
        return result


def engine_part(count: int, into: Path) -> None:
    """The engine's own functions over the columns, and the answers the peers must give as well."""
    columns, policy, meter = lines.draw(count), load(), Meter()
    held = _peak()
    small = lines.part(columns, 9_000)
    meter.step(
        "kernels made ready",
        lambda: judge(derive(batch(small, policy, PAYER), policy, TODAY.toordinal()), policy, catalogue()),
    )
    laid_out = meter.step("batch", lambda: batch(columns, policy, PAYER))
    facts = meter.step("derive", lambda: derive(laid_out, policy, TODAY.toordinal()))
    judgement = meter.step("judge", lambda: judge(facts, policy, catalogue()))
    days, codes, pairs = facts.day, facts.code_day, facts.pair
    timed = np.flatnonzero(codes.timed)
    of = codes.day[timed]
    visit = codes.visit[timed]
    units = np.stack(
        (
            facts.visit.patient[visit], facts.visit.day[visit], facts.visit.discipline[visit], codes.code[timed],
            codes.minutes[timed], days.units_allowed[of], codes.units_low[timed], codes.units_high[timed],
        ),
        axis=1,
    )  # fmt: skip
    np.savez(
        into, units=_ordered(units), pairs=_ordered(np.stack((pairs.column1, pairs.line, pairs.indicator), axis=1))
    )
    found = sum(verdict.visits.size for verdict in judgement.verdicts)
    _leave(meter, held, lines=laid_out.services.rows, visits=laid_out.count, findings=found, rules=len(catalogue()))


SQL_UNITS = """
create table units as
with code_days as (
  select patient, day, discipline, terms, code, sum(minutes) as minutes, min(method) as method, min(cap) as cap
  from lines where timed group by all
), days as (
  select *, minutes // 15 as base, minutes % 15 as rest,
    (sum(minutes) over d + 7) // 15 as by_total, sum((minutes + 7) // 15) over d as by_midpoint,
    sum(minutes // 15) over d as whole
  from code_days window d as (partition by patient, day, discipline, terms)
), allowed as (
  select *,
    case when method = 0 then by_total when cap = 1 then least(by_total, by_midpoint) else by_midpoint end as units
  from days
), ranked as (
  select *, units - whole as spare,
    count(*) over (partition by patient, day, discipline, terms order by rest desc
                   range between unbounded preceding and current row) as at_least,
    count(*) over (partition by patient, day, discipline, terms, rest) as equal
  from allowed
)
select patient, day, discipline, code, minutes, units,
  base + case when rest >= fewest and at_least <= spare then 1 else 0 end as low,
  base + case when rest >= fewest and at_least - equal < spare then 1 else 0 end as high
from (select *, case when method = 0 then 1 else 8 end as fewest from ranked)
"""
# Materialized, because left to itself the planner meets the edits first and takes thirty times as long.
SQL_PAIRS = """
create table pairs as
with together as materialized (
  select one.code as column1, two.code as column2, two.line, one.day, one.claim
  from lines one join lines two using (patient, day, claim, billing)
  where one.billed and two.billed and one.code <> two.code
)
select distinct column1, line, indicator
from together join edits using (claim, column1, column2)
where day between first and last
"""


def duckdb_part(count: int, into: Path) -> None:
    """The same units and pair hits as SQL, on tables in memory."""
    import duckdb
    import pyarrow as pa

    columns, policy, meter = lines.draw(count), load(), Meter()
    flat = {name: pa.array(values) for name, values in _flat(batch(columns, policy, PAYER), policy).items()}
    edits = policy.pairs
    claim = np.repeat(np.arange(2), np.diff(edits.starts))
    held = _peak()
    database = duckdb.connect(config={"threads": os.cpu_count() or 1})
    database.register("drawn", pa.table(flat))
    table = {
        "column1": np.array(edits.keys) // SPAN, "column2": np.array(edits.keys) % SPAN, "first": edits.firsts,
        "last": edits.lasts, "indicator": edits.indicators, "claim": claim,
    }  # fmt: skip
    database.register("edits_drawn", pa.table({name: pa.array(np.asarray(values)) for name, values in table.items()}))
    meter.step(
        "load", lambda: database.execute("create table lines as from drawn; create table edits as from edits_drawn")
    )
    meter.step("units", lambda: database.execute(SQL_UNITS))
    meter.step("pairs", lambda: database.execute(SQL_PAIRS))
    units, pairs = (database.execute(f"from {name}").fetchnumpy() for name in ("units", "pairs"))
    names = ("patient", "day", "discipline", "code", "minutes", "units", "low", "high")
    np.savez(
        into,
        units=_ordered(np.stack([units[name].astype(np.int64) for name in names], axis=1)),
        pairs=_ordered(np.stack([pairs[name].astype(np.int64) for name in ("column1", "line", "indicator")], axis=1)),
    )
    _leave(meter, held, lines=len(flat["code"]))


def loops_part(count: int, into: Path) -> None:
    """The same by dictionaries and loops, a row at a time, as one would write it first."""
    columns, policy, meter = lines.draw(count), load(), Meter()
    flat = _flat(batch(columns, policy, PAYER), policy)
    rows = [
        dict(zip(flat, values, strict=True))
        for values in zip(*(column.tolist() for column in flat.values()), strict=True)
    ]
    edits: dict[tuple[int, int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for claim in range(2):
        for row in range(policy.pairs.starts[claim], policy.pairs.starts[claim + 1]):
            key = (claim, *divmod(policy.pairs.keys[row], SPAN))
            edits[key].append((policy.pairs.firsts[row], policy.pairs.lasts[row], policy.pairs.indicators[row]))
    held = _peak()
    units = meter.step("units", lambda: _loop_units(rows))
    pairs = meter.step("pairs", lambda: _loop_pairs(rows, edits))
    np.savez(into, units=_ordered(np.array(units)), pairs=_ordered(np.array(pairs).reshape(-1, 3)))
    _leave(meter, held, lines=len(rows))


def _loop_units(rows: list[dict[str, int]]) -> list[tuple[int, ...]]:
    days: dict[tuple[int, ...], dict[int, int]] = defaultdict(dict)
    ruled = {}
    for row in rows:
        if row["timed"]:
            key = (row["patient"], row["day"], row["discipline"], row["terms"])
            days[key][row["code"]] = days[key].get(row["code"], 0) + row["minutes"]
            ruled[key] = (row["method"], row["cap"])
    found = []
    for key, codes in days.items():
        method, cap = ruled[key]
        total, each = (sum(codes.values()) + 7) // 15, sum((minutes + 7) // 15 for minutes in codes.values())
        allowed = total if method == 0 else min(total, each) if cap else each
        spare = allowed - sum(minutes // 15 for minutes in codes.values())
        rests = sorted((minutes % 15 for minutes in codes.values()), reverse=True)
        for code, minutes in codes.items():
            base, rest = divmod(minutes, 15)
            counts = rest >= (1 if method == 0 else 8)
            larger = sum(1 for other in rests if other > rest)
            low = base + (counts and larger + rests.count(rest) <= spare)
            found.append((*key[:3], code, minutes, allowed, low, base + (counts and larger < spare)))
    return found


def _loop_pairs(
    rows: list[dict[str, int]], edits: dict[tuple[int, int, int], list[tuple[int, int, int]]]
) -> list[tuple[int, int, int]]:
    groups: dict[tuple[int, ...], list[dict[str, int]]] = defaultdict(list)
    for row in rows:
        if row["billed"]:
            groups[row["patient"], row["day"], row["claim"], row["billing"]].append(row)
    found = set()
    for group in groups.values():
        for one in group:
            for two in group:
                for first, last, indicator in edits.get((one["claim"], one["code"], two["code"]), ()):
                    if first <= one["day"] <= last and one["code"] != two["code"]:
                        found.add((one["code"], two["line"], indicator))
    return list(found)


def _flat(laid_out: Batch, policy: Policy) -> dict[str, np.ndarray]:
    """Lines with what their visit says, as a warehouse would hold them; timed codes and terms are looked up."""
    visits, services = laid_out.visits, laid_out.services
    visit = services.rows_of()
    row = policy.codes.rows(services["code"])
    timed = (row >= 0) & policy.codes.in_total[row] & (policy.codes.unit_minutes[row] == 15)
    texts = laid_out.columns.texts.values
    discipline = {texts.index(word): number + 1 for number, word in enumerate(("PT", "OT", "SLP"))}
    of = np.array([discipline[place] for place in visits["discipline"].tolist()])
    method = laid_out.term("unit_method")
    if set(np.unique(method).tolist()) - {UNIT_METHODS.index("cms"), UNIT_METHODS.index("ama")}:
        raise SystemExit("the drawn payers count by total time or by midpoint")
    return {
        "line": np.arange(services.rows),
        "patient": visits["patient.id"][visit],
        "day": laid_out.days[visit],
        "discipline": of[visit],
        "terms": laid_out.terms_of[visit],
        "claim": laid_out.term("claim_type")[visit],
        "billing": visits["billing_provider.npi"][visit],
        "method": method[visit],
        "cap": laid_out.term("cap_units_at_total")[visit],
        "code": services["code"],
        "minutes": services["minutes"],
        "timed": timed,
        "billed": services["units"] != 0,
    }


def _ordered(rows: np.ndarray) -> np.ndarray:
    return rows[np.lexsort(rows.T[::-1])]


def _peak() -> int:
    """Most memory of this process so far, in MB (Linux counts kilobytes, macOS bytes)."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1024 if sys.platform != "darwin" else 1024 * 1024)


def _leave(meter: Meter, held: int, **others: int) -> None:
    print(json.dumps({"steps": meter.steps, "held": held, "peak": _peak(), **others}))


PARTS = {"engine": engine_part, "duckdb": duckdb_part, "loops": loops_part}


def _part(name: str, count: int, folder: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    into = folder / f"{name}-{count}.npz"
    command = [sys.executable, __file__, "--part", name, "--lines", str(count), "--into", str(into)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr}")
    with np.load(into) as answers:
        return json.loads(done.stdout.splitlines()[-1]), dict(answers)


def many_lines(count: int, sample: int) -> None:
    """A large batch through the engine and its peers; the answers must be equal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine, answers = _part("engine", count, folder)
        peer, same = _part("duckdb", count, folder)
        _equal(answers, same, "DuckDB")
        of_few = _part("engine", sample, folder)[1]
        loops, same = _part("loops", sample, folder)
        _equal(of_few, same, "Python loops")
    size = engine["lines"]
    print(f"{size:,} lines in {engine['visits']:,} visits, {engine['rules']} rules, {engine['findings']:,} findings")
    print(
        f"  units of {len(answers['units']):,} code-days and {len(answers['pairs']):,} pair hits:"
        " equal to DuckDB's, row by row"
    )
    _table("engine", engine)
    _table("DuckDB SQL, units and pairs only", peer)
    print(f"Python loops, units and pairs only, on {loops['lines']:,} lines: equal as well")
    _table("loops", loops)
    ours, whole = _cpu(engine, "batch", "derive"), _cpu(engine, "batch", "derive", "judge")
    theirs, row_wise = _cpu(peer, "units", "pairs"), _cpu(loops, "units", "pairs") / loops["lines"] * size
    print("ratios of CPU seconds")
    print(
        f"  all facts (units, shares, pairs, unlikely units, overlaps) / DuckDB units and pairs   {ours / theirs:5.2f}"
    )
    print(
        f"  all facts and {engine['rules']} rules / DuckDB units and pairs                                "
        f" {whole / theirs:5.2f}"
    )
    print(
        f"  all facts / Python loops for units and pairs (scaled from the sample)              {ours / row_wise:5.2f}"
    )
    print(f"  lines a CPU second, facts and rules: {size / whole:,.0f}")
    print(f"  memory beyond the columns, a line: {(engine['peak'] - engine['held']) * 2**20 / size:,.0f} bytes")


def _equal(ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray], who: str) -> None:
    for name, rows in ours.items():
        if not np.array_equal(rows, theirs[name]):
            raise SystemExit(f"{name}: the engine and {who} disagree ({len(rows)} and {len(theirs[name])} rows)")


def _cpu(measured: dict[str, Any], *steps: str) -> float:
    return sum(measured["steps"][step][1] for step in steps)


def _table(title: str, measured: dict[str, Any]) -> None:
    print(f"  {title}: peak {measured['peak']:,} MB, of which {measured['held']:,} MB before it began")
    for step, (wall, cpu) in measured["steps"].items():
        print(f"    {step:20} {wall:7.2f} s wall {cpu:7.2f} s CPU")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--lines", type=int, default=0)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        PARTS[asked.part](asked.lines, asked.into)
        return
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} processors,"
        f" load {os.getloadavg()[0]:.1f}"
    )
    for visit in (ORDINARY, VISIT):
        one_visit(300 if asked.quick else 3_000, visit)
    one_command(3 if asked.quick else 9)
    count = asked.lines or (100_000 if asked.quick else 1_000_000)
    many_lines(count, min(count, 100_000))


if __name__ == "__main__":
    main()
