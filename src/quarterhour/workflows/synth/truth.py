"""Known defects put into drawn visits, and the truth of what must be found in them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from quarterhour.domain.visit import Visit
from quarterhour.interchange.line_table import lay_out
from quarterhour.interchange.tabular.writing import write_visits
from quarterhour.policy import Policy
from quarterhour.workflows.synth.catalogue import IntArray
from quarterhour.workflows.synth.defects import DEFECTS, NOTE_DEFECTS, Defect, Made, Told
from quarterhour.workflows.synth.notes.tale import tale_of
from quarterhour.workflows.synth.table import SCHEMA, visit_of_lines
from quarterhour.workflows.synth.wish import Wish

TRUTH: Final = pa.schema(
    [("visit_id", pa.string()), ("line", pa.int32()), ("rule", pa.string()), ("defect", pa.string()),
     ("what", pa.string())]
)  # fmt: skip
_REPORT_EVERY: Final = 10
#: A stream of its own, so that visits are drawn alike with and without defects.
_STREAM: Final = 1


class Spoilt(msgspec.Struct, frozen=True):
    """The table with its defects, and the truth: one row a visit and rule that must find something in it."""

    table: pa.Table
    truth: pa.Table


def spoil(table: pa.Table, wish: Wish, number: int, policy: Policy) -> Spoilt:
    """Put a defect into each visit of a crowd with the chance wished for, every kind about as often as the others."""
    random = np.random.default_rng([wish.seed, number, _STREAM])
    visit_of = visit_of_lines(table)
    visits = int(visit_of[-1]) + 1 if table.num_rows else 0
    chosen = random.random(visits) < wish.defects
    laid = lay_out(table.filter(pa.array(chosen[visit_of])), payers=policy.payers, payer_needed=True)
    kinds = DEFECTS + NOTE_DEFECTS if wish.notes else DEFECTS
    order = [kinds[place] for place in random.permutation(len(kinds)).tolist()]
    found = _made(laid.columns.records(), order, wish, policy)
    places = np.flatnonzero(chosen)[[place for place, _, _ in found]] if found else np.empty(0, dtype=np.int64)
    spoilt = _replaced(table, visit_of, places, [made.visit for _, _, made in found])
    rows = [
        (made.visit.visit_id, made.line if rule == defect else None, rule, defect, made.what)
        for _, defect, made in found
        for rule in (defect, *made.also)
    ]
    truth = pa.table([list(column) for column in zip(*rows, strict=True)] if rows else [[]] * len(TRUTH), schema=TRUTH)
    return Spoilt(spoilt, pa.concat_tables([truth, *_always_true(spoilt, policy)]))


def _made(visits: Sequence[Visit], kinds: Sequence[Defect], wish: Wish, policy: Policy) -> list[tuple[int, str, Made]]:
    """For every visit that lends itself to one the defect made least often so far, the place of the visit first."""
    counts = dict.fromkeys(range(len(kinds)), 0)
    found = []
    for place, visit in enumerate(visits):
        told = Told(visit, policy, tale_of(visit, wish.seed, policy) if wish.notes else None)
        for number in sorted(counts, key=counts.__getitem__):
            made = kinds[number].make(told)
            if made is not None:
                counts[number] += 1
                found.append((place, kinds[number].rule, _told_nowhere_else(made, visit)))
                break
    return found


def _told_nowhere_else(made: Made, visit: Visit) -> Made:
    """A visit spoilt in its record loses its note, which would contradict the record or repeat what is wrong."""
    if visit.note is None or made.visit.note != visit.note:
        return made
    return msgspec.structs.replace(made, visit=msgspec.structs.replace(made.visit, note=None))


def _replaced(table: pa.Table, visit_of: IntArray, places: IntArray, visits: Sequence[Visit]) -> pa.Table:
    """The table with other lines for the visits at some places."""
    kept = ~np.isin(visit_of, places)
    other = _lines(visits)
    position = {visit.visit_id: place for visit, place in zip(visits, places.tolist(), strict=True)}
    of_other = np.array([position[one] for one in other.column("visit_id").to_pylist()], dtype=np.int64)
    order = np.argsort(np.concatenate([visit_of[kept], of_other]), kind="stable")
    whole = pa.concat_tables([table.filter(pa.array(kept)), other]).unify_dictionaries().combine_chunks()
    return whole.take(pa.array(order))


def _lines(visits: Sequence[Visit]) -> pa.Table:
    """Visits as lines, in the columns of what is drawn."""
    text = io.BytesIO()
    write_visits(visits, text, "csv")
    text.seek(0)
    plain = {field.name: pa.string() if pa.types.is_dictionary(field.type) else field.type for field in SCHEMA}
    options = csv.ConvertOptions(
        column_types=plain, include_columns=SCHEMA.names, strings_can_be_null=True, quoted_strings_can_be_null=True
    )
    lines = csv.ParseOptions(newlines_in_values=True)
    return csv.read_csv(text, convert_options=options, parse_options=lines).cast(SCHEMA)


def _always_true(table: pa.Table, policy: Policy) -> list[pa.Table]:
    """What is true of clean visits too: the last day of a report period, and an amount above the one for review."""
    first = table.take(pa.array(np.flatnonzero(np.diff(visit_of_lines(table), prepend=-1))))
    number, last = (_filled(first, f"plan_{name}") for name in ("visit_number", "last_progress_report_visit"))
    ends = (number >= 0) & (last >= 0) & (number == np.where(last > 1, last, 0) + _REPORT_EVERY) & (number != last)
    ends &= _asks(first, "progress_reports", policy)
    day = first.column("date_of_service")[0].as_py()
    review = int(policy.parameter("cms/thresholds:review_threshold").on(day).value)
    own = pc.fill_null(pc.equal(first.column("discipline").cast(pa.string()), "OT"), pa.scalar(value=False))
    accrued = pc.if_else(
        own, first.column("accrued_ot").cast(pa.string()), first.column("accrued_pt_slp").cast(pa.string())
    )
    cents = pc.fill_null(pc.cast(pc.replace_substring(accrued, ".", ""), pa.int64()), -1).to_numpy()
    above = (cents > review) & _asks(first, "kx_threshold", policy) & first.column("discipline").is_valid().to_numpy()
    found = []
    for rule, mask, what in (
        ("POC110", ends, "the last treatment day of a report period"),
        ("MOD111", above, "more accrued than the amount for review"),
    ):
        ids = first.column("visit_id").cast(pa.string()).filter(pa.array(mask)).combine_chunks()
        count = len(ids)
        columns = [
            ids,
            pa.nulls(count, pa.int32()),
            *(pa.array([one] * count, pa.string()) for one in (rule, "", what)),
        ]
        found.append(pa.table(columns, schema=TRUTH))
    return found


def _filled(table: pa.Table, name: str) -> IntArray:
    found: IntArray = table.column(name).fill_null(-1).to_numpy().astype(np.int64)
    return found


def _asks(table: pa.Table, term: str, policy: Policy) -> np.ndarray:
    """Whether the payer of every row has a term."""
    day = table.column("date_of_service")[0].as_py().toordinal()
    pairs = list(zip(*(table.column(name).cast(pa.string()).to_pylist() for name in ("payer", "setting")), strict=True))
    known = {(who, where): policy.payers.terms(who, where, day).number(term) == 1 for who, where in set(pairs)}
    return np.array([known[pair] for pair in pairs], dtype=np.bool_)
