"""The drawn service lines of ``lines.py`` as a table people have: one row a line, its visit's columns repeated.

Called by itself it writes a Parquet file: ``python benchmarks/tables.py LINES FILE [SEED]``.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from lines import SEED, draw

from quarterhour.domain.code import code_text, modifier_text
from quarterhour.domain.columns import ABSENT, Columns
from quarterhour.domain.visit import Visit

EPOCH = dt.date(1970, 1, 1).toordinal()
TEXTS = (
    "visit_id", "payer", "setting", "place_of_service", "discipline", "patient.id", "therapist.npi",
    "therapist.credential", "billing_provider.npi",
)  # fmt: skip
NAMES = {"billing_provider.npi": "billing_npi"}
#: Drawn and written at a time; the file is the same for any number of lines up to the last of these.
AT_ONCE = 1_000_000
PLACES = 3


def table_of(columns: Columns[Visit], prefix: str = "") -> pa.Table:
    """Columns of visits as rows; ``prefix`` goes before the ids of visits and patients."""
    root, services = columns.root, columns.root.children["services"]
    of_visit = services.rows_of()
    texts = pa.array(columns.texts.values, pa.string())
    found = {
        "date_of_service": pa.array((root["date_of_service"] - EPOCH).astype(np.int32), pa.date32()).take(of_visit)
    }
    for name in TEXTS:
        values = texts.take(pa.array(root[name]))
        if name in {"visit_id", "patient.id"} and prefix:
            values = pa.array([prefix + value for value in values.to_pylist()])
        found[NAMES.get(name, name.replace(".", "_"))] = values.take(pa.array(of_visit))
    found["code"] = _coded(services["code"], code_text)
    for name in ("minutes", "assistant_minutes", "units"):
        found[name] = pa.array(services[name].astype(np.int16))
    found["charge"] = pa.array([f"{cents // 100}.{cents % 100:02d}" for cents in range(0, 1_000_000, 50)]).take(
        pa.array(services["charge"] // 50)
    )
    child = services.children["modifiers"]
    offsets = np.asarray(child.offsets)
    for place in range(PLACES):
        there = np.diff(offsets) > place
        numbers = np.where(there, child["value"][np.minimum(offsets[:-1] + place, child.rows - 1)], ABSENT)
        found[f"modifier_{place + 1}"] = _coded(numbers, modifier_text)
    return pa.table(found)


def _coded(numbers: np.ndarray, text: object) -> pa.Array:
    distinct, places = np.unique(numbers, return_inverse=True)
    shown = pa.array([None if number == ABSENT else text(number) for number in distinct.tolist()], pa.string())
    return shown.take(pa.array(places))


def write(count: int, path: Path, seed: int = SEED) -> None:
    """Write about ``count`` lines, a row group for every million; patients recur only within one."""
    file: pq.ParquetWriter | None = None
    for nth, begin in enumerate(range(0, count, AT_ONCE)):
        table = table_of(draw(min(AT_ONCE, count - begin), seed + nth), prefix=f"{nth}-")
        file = file or pq.ParquetWriter(path, table.schema, compression="zstd")
        file.write_table(table, row_group_size=AT_ONCE)
    if file:
        file.close()


def main() -> None:
    """Write a file; without arguments print what a row of one looks like."""
    if len(sys.argv) > 2:
        write(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else SEED)
        return
    for name, value in table_of(draw(100)).slice(0, 1).to_pylist()[0].items():
        print(f"{name:<24} {value}")


if __name__ == "__main__":
    main()
