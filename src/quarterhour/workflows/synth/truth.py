"""Known defects put into drawn visits, and the truth of what must be found in them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa
from pyarrow import csv

from quarterhour.domain.visit import Visit
from quarterhour.interchange.line_table import lay_out
from quarterhour.interchange.tabular.writing import write_visits
from quarterhour.policy import Policy
from quarterhour.workflows.synth.always_true import always_true
from quarterhour.workflows.synth.catalogue import BoolArray, IntArray
from quarterhour.workflows.synth.courses import PATIENTS
from quarterhour.workflows.synth.defects import COURSE_DEFECTS, DEFECTS, NOTE_DEFECTS, CourseDefect, Defect, Made, Told
from quarterhour.workflows.synth.defects.courses import TWO_PATIENTS, side_by_side
from quarterhour.workflows.synth.notes.tale import tale_of
from quarterhour.workflows.synth.table import SCHEMA, visit_of_lines
from quarterhour.workflows.synth.truth_table import TruthRow, rows_of, truth_table
from quarterhour.workflows.synth.wish import Wish

#: A stream of its own, so that visits are drawn alike with and without defects.
_STREAM: Final = 1
#: So many times fewer patients than visits are chosen: a course that is spoilt takes several of its visits.
_VISITS_TO_PATIENTS: Final = 5
#: And of visits that a therapist's next one is laid into.
_VISITS_TO_PAIRS: Final = 4


class Spoilt(msgspec.Struct, frozen=True):
    """The table with its defects, and the truth: one row a visit and rule that must find something in it."""

    table: pa.Table
    truth: pa.Table


class _Changed(msgspec.Struct, frozen=True):
    """Visits as they are spoilt, and the rows of the truth."""

    visits: list[Visit]
    rows: list[TruthRow]


def spoil(table: pa.Table, wish: Wish, number: int, policy: Policy) -> Spoilt:
    """Put a defect into each visit of a crowd with the chance wished for, every kind about as often as the others.

    Some patients get one that takes several of their visits instead, and no other.
    """
    random = np.random.default_rng([wish.seed, number, _STREAM])
    visit_of = visit_of_lines(table)
    visits = int(visit_of[-1]) + 1 if table.num_rows else 0
    chosen = random.random(visits) < wish.defects
    kinds = DEFECTS + NOTE_DEFECTS if wish.notes else DEFECTS
    order = [kinds[place] for place in random.permutation(len(kinds)).tolist()]
    patients = table.column("patient_id").combine_chunks()
    of_course = random.random(PATIENTS) < wish.defects / _VISITS_TO_PATIENTS
    in_turn = [COURSE_DEFECTS[place] for place in random.permutation(len(COURSE_DEFECTS)).tolist()]
    taken = of_course[patients.indices.to_numpy()]
    free = np.ones(visits, dtype=np.bool_)
    free[visit_of[taken]] = False
    pairs = _pairs(table, visit_of, random.random(visits) < wish.defects / _VISITS_TO_PAIRS, free)
    pairwise = _of_two(_told(table, np.isin(visit_of, pairs), wish, policy))
    place_of = dict(zip(table.column("visit_id").cast(pa.string()).to_pylist(), visit_of.tolist(), strict=True))
    free[[place_of[visit.visit_id] for visit in pairwise.visits]] = False
    chosen &= free
    single = _each_by_itself(_told(table, chosen[visit_of], wish, policy), order)
    several = _in_a_row(_told(table, taken, wish, policy), in_turn)
    spoilt = _replaced(table, visit_of, place_of, single.visits + several.visits + pairwise.visits)
    rows = single.rows + several.rows + pairwise.rows
    return Spoilt(spoilt, pa.concat_tables([truth_table(rows), *always_true(spoilt, policy)]))


def _told(table: pa.Table, lines: BoolArray, wish: Wish, policy: Policy) -> Iterator[Told]:
    """The visits of some lines."""
    laid = lay_out(table.filter(pa.array(lines)), payers=policy.payers, payer_needed=True)
    for visit in laid.columns.records():
        yield Told(visit, policy, tale_of(visit, wish.seed, policy) if wish.notes else None)


def _each_by_itself(visits: Iterable[Told], kinds: Sequence[Defect]) -> _Changed:
    """For every visit that lends itself to one the defect made least often so far."""
    counts = dict.fromkeys(range(len(kinds)), 0)
    found = _Changed([], [])
    for told in visits:
        for number in sorted(counts, key=counts.__getitem__):
            made, defect = kinds[number].make(told), kinds[number].rule
            if made is not None:
                counts[number] += 1
                found.visits.append(_told_nowhere_else(made, told.visit).visit)
                found.rows.extend(rows_of(made.visit.visit_id, made.line, (defect, *made.also), made.what))
                break
    return found


def _in_a_row(visits: Iterable[Told], kinds: Sequence[CourseDefect]) -> _Changed:
    """The same for the visits of every patient together."""
    courses: dict[str | None, list[Told]] = {}
    for told in visits:
        patient = told.visit.patient
        courses.setdefault(patient.id if patient else None, []).append(told)
    counts = dict.fromkeys(range(len(kinds)), 0)
    found = _Changed([], [])
    for course in courses.values():
        for number in sorted(counts, key=counts.__getitem__):
            made, defect = kinds[number].make(course), kinds[number].rule
            if made is not None:
                counts[number] += 1
                found.visits.extend(made.visits)
                for visit_id in made.found:
                    found.rows.extend(rows_of(visit_id, None, (defect, *made.also), made.what))
                break
    return found


def _told_nowhere_else(made: Made, visit: Visit) -> Made:
    """A visit spoilt in its record loses its note, which would contradict the record or repeat what is wrong."""
    if visit.note is None or made.visit.note != visit.note:
        return made
    return msgspec.structs.replace(made, visit=msgspec.structs.replace(made.visit, note=None))


def _pairs(table: pa.Table, visit_of: IntArray, chosen: BoolArray, free: BoolArray) -> IntArray:
    """Visits that follow each other on a therapist's day, two a row, of those that are free: the first one chosen."""
    first = np.flatnonzero(np.diff(visit_of, prepend=-1))
    therapist = table.column("therapist_npi").combine_chunks().indices.to_numpy()[first]
    day = table.column("date_of_service").cast(pa.int32()).to_numpy()[first]
    order = np.lexsort((np.arange(first.size), day, therapist))
    one, other = order[:-1], order[1:]
    both = (therapist[one] == therapist[other]) & (day[one] == day[other])
    both &= chosen[one] & ~chosen[other] & free[one] & free[other]
    return np.stack([one[both], other[both]], axis=1)


def _of_two(visits: Iterable[Told]) -> _Changed:
    """Visits of two patients in the same minutes, of every therapist and day told."""
    days: dict[tuple[str | None, dt.date], list[Told]] = {}
    for told in visits:
        therapist = told.visit.therapist
        days.setdefault((therapist.npi if therapist else None, told.visit.date_of_service), []).append(told)
    found = _Changed([], [])
    for day in days.values():
        made = side_by_side(day[0], day[1])
        if made is not None:
            found.visits.extend(made.visits)
            for visit_id in made.found:
                found.rows.extend(rows_of(visit_id, None, (TWO_PATIENTS,), made.what))
    return found


def _replaced(
    table: pa.Table, visit_of: IntArray, place_of: dict[str | None, int], visits: Sequence[Visit]
) -> pa.Table:
    """The table with other lines for some visits, in the places their names have."""
    kept = ~np.isin(visit_of, [place_of[visit.visit_id] for visit in visits])
    other = _lines(visits)
    of_other = np.array([place_of[one] for one in other.column("visit_id").to_pylist()], dtype=np.int64)
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
