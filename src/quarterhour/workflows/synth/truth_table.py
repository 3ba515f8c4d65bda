"""The truth of what must be found: one row a visit or claim and rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyarrow as pa

#: A visit or claim, its line (None: as a whole), the rule, the rule it was spoilt against, and what was done.
TruthRow = tuple[str | None, int | None, str, str, str]
TRUTH: Final = pa.schema(
    [("visit_id", pa.string()), ("line", pa.int32()), ("rule", pa.string()), ("defect", pa.string()),
     ("what", pa.string())]
)  # fmt: skip


def truth_table(rows: Sequence[TruthRow]) -> pa.Table:
    """The rows as a table."""
    return pa.table([list(column) for column in zip(*rows, strict=True)] if rows else [[]] * len(TRUTH), schema=TRUTH)


def rows_of(visit_id: str | None, line: int | None, rules: Sequence[str], what: str) -> list[TruthRow]:
    """A row for each rule that must find something; the first is the one spoilt against, and has the line."""
    return [(visit_id, line if rule == rules[0] else None, rule, rules[0], what) for rule in rules]
