"""The second step: judge a part, and write what was found with all that the report needs to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.columns import ABSENT, Columns, IntArray
from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import distinct
from quarterhour.engine.judge import NO_TIMES, Judgement
from quarterhour.engine.part import crossing, judge_by_patient, judge_by_therapist
from quarterhour.engine.tabulate import tabulate
from quarterhour.rules.facts import Facts, VisitFacts
from quarterhour.workflows.reading import read_note
from quarterhour.workflows.scrub.deal import FILE_SPAN, read_piece, write_parts
from quarterhour.workflows.scrub.kept import Done, Judged, Sums, Unjudged, done_file, keep, pointed
from quarterhour.workflows.scrub.part import Part, by_file, lay_out_part, read_rows, tables_of_part
from quarterhour.workflows.scrub.plan import Piece, Plan
from quarterhour.workflows.scrub.rows import PLACE
from quarterhour.workflows.scrub.spans import Joins, Runs, Stretch, read_joins, run_of, write_joins, write_spans
from quarterhour.workflows.scrub.steps import once
from quarterhour.workflows.scrub.ways import Ways

#: So many slips of a file are told one by one.
MOST_SLIPS: Final = 25
#: The column that says, of rows dealt by therapist and day, which part by patient they are of.
_PART: Final = "quarterhour.part"
#: Who is answered for where nobody is named.
NO_PROVIDER: Final = "not given"


class Findings(msgspec.Struct, frozen=True):
    """The findings of a part by place, those of a visit in the order the engine has them.

    ``payer`` and ``provider`` are the names and for every visit the place of its own, ``charge`` what it charges.
    """

    columns: dict[str, IntArray | pa.Array]
    payer: tuple[list[str], IntArray]
    provider: tuple[list[str], IntArray]
    charge: IntArray


def judge_piece(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> Done:
    """Judge a piece that holds all rows of its patients; nothing is done where that was done before."""
    name = f"found-{piece.number:05d}"

    def work() -> Done:
        tables, read = read_piece(piece, plan, ways)
        return msgspec.structs.replace(_judge(name, tables, folder, ways), read=read)

    return once(done_file(folder, name), Done, work)


def judge_part(part: int, rows: Sequence[Path], folder: Path, ways: Ways) -> Done:
    """Judge the visits of some patients; nothing is done where that was done before."""
    name = f"found-{part:05d}"
    return once(done_file(folder, name), Done, lambda: _judge(name, read_rows(rows, part), folder, ways))


def _judge(name: str, rows: Iterable[pa.Table], folder: Path, ways: Ways) -> Done:
    whole = lay_out_part(rows, ways.policy, ways.payer)
    several = bool(crossing(ways.entries))
    laid_out, judgement = judge_patients(whole, ways, across=several)
    spans = write_spans(folder / spans_file(name), whole.columns, whole.lines) if several else 0
    return msgspec.structs.replace(_keep(name, whole, laid_out, judgement, folder, ways), spans=spans)


def spans_file(name: str) -> str:
    """The name of the file of a part's spans."""
    return f"spans-{name}.npy"


def find_joins(parts: Sequence[Done], folder: Path) -> Joins:
    """Where the runs of rows stand that may overlap with another part's, by the part they are of."""
    return write_joins([(folder / spans_file(one.name), one.spans) for one in parts], folder)


def deal_joins(
    part: int,
    joins: Sequence[Stretch],
    shares: int,
    source: Piece | Sequence[Path],
    plan: Plan,
    folder: Path,
    ways: Ways,
) -> list[str]:
    """Deal the rows of a part that may overlap with another part's on, into ``shares`` by therapist and day.

    ``source`` is the part as a piece, or the files of rows. Returns the files written.
    """
    runs = read_joins(folder, joins)
    tables = read_piece(source, plan, ways)[0] if isinstance(source, Piece) else tables_of_part(source, part)
    written = []
    # Only the rows that are wanted are put together, and those are few.
    for rows in by_file(_rows_within(table, runs) for table in tables):
        place = rows.column(PLACE).to_numpy()
        path = folder / f"times-{int(place[0]) // FILE_SPAN:05d}-{part:05d}.arrow"
        to = runs["key"][run_of(place, runs)] % shares
        write_parts(path, rows.append_column(_PART, pa.array(np.full(rows.num_rows, part))), to, shares)
        written.append(path.name)
    return written


def _rows_within(table: pa.Table, runs: Runs) -> pa.Table:
    """The rows of a table that lie in runs."""
    return table.take(pa.array(np.flatnonzero(run_of(table.column(PLACE).to_numpy(), runs) != ABSENT)))


def judge_times(share: int, rows: Sequence[Path], folder: Path, ways: Ways) -> Done:
    """Judge what joins two parts through a therapist, for some therapists' days."""
    name = f"crossing-{share:05d}"
    return once(done_file(folder, name), Done, lambda: _judge_times(name, read_rows(rows, share), folder, ways))


def _judge_times(name: str, rows: Iterable[pa.Table], folder: Path, ways: Ways) -> Done:
    # The rows come from one part by patient after the other, and stand in order of place again here.
    tables = [table.sort_by(PLACE) for table in rows]
    places, parts = (
        np.concatenate([np.zeros(0, dtype=np.int64), *(table.column(column).to_numpy() for table in tables)])
        for column in (PLACE, _PART)
    )
    whole = lay_out_part((table.drop_columns([_PART]) for table in tables), ways.policy, ways.payer)
    laid_out, judgement = judge_days(whole, ways, parts[np.searchsorted(places, whole.visits)])
    return _keep(name, whole, laid_out, judgement, folder, ways)


def judge_patients(whole: Part, ways: Ways, *, across: bool = False) -> tuple[Batch, Judgement[Facts]]:
    """Judge all visits of some patients by what rests on one patient, their notes read; see ``judge_by_patient``."""
    readings = readings_of(whole.columns, ways.vocabulary)
    return judge_by_patient(
        whole.columns, ways.policy, ways.default_payer, ways.today, ways.entries, readings, across=across
    )


def judge_days(whole: Part, ways: Ways, parts: IntArray | None = None) -> tuple[Batch, Judgement[Facts]]:
    """Judge what joins two patients, or two ``parts``, all visits of some therapists' days given."""
    return judge_by_therapist(whole.columns, ways.policy, ways.default_payer, ways.today, ways.entries, parts)


def readings_of(columns: Columns[Visit], vocabulary: Sequence[str | Path]) -> list[Reading | None]:
    """What the notes of visits say, one a visit; nothing at all where there is no note."""
    texts = columns.texts.values
    notes = columns.root["note.text"]
    if not (notes != ABSENT).any():
        return []
    return [
        read_note(texts[place], vocabulary=vocabulary) if place != ABSENT and texts[place] else None
        for place in notes.tolist()
    ]


def findings(whole: Part, laid_out: Batch, judgement: Judgement[Facts], ways: Ways) -> Findings:
    """The findings of a part as columns, one row a finding."""
    table = tabulate(judgement, laid_out, ways.policy)
    visits, lines = judgement.facts.visit, judgement.facts.line
    charged = np.where(lines.billed, np.maximum(lines.charge, 0), 0)
    of_visit = laid_out.services.sums(charged)
    payer = named(laid_out, laid_out.visits["payer"], ways.default_payer)
    provider = providers_of(laid_out, visits)
    rule_of = {entry.code: place for place, entry in enumerate(ways.entries)}
    place = whole.visits[table.visit]
    # Visits stand patient by patient here; their findings go by place, those of a visit in the order they have.
    order = np.argsort(place, kind="stable")
    visit, line = table.visit[order], table.line[order]
    columns = {
        "place": place[order],
        "row": np.where(line == ABSENT, place[order], whole.lines[line]) if whole.lines.size else place[order],
        "visit_id": whole.ids.take(pa.array(visit)).combine_chunks(),
        "rule": np.array([rule_of[code] for code in table.rules], dtype=np.int64)[table.rule[order]],
        "severity": table.severity[order],
        "confidence": table.confidence[order],
        "number": table.number[order],
        "code": table.code[order],
        "message": pointed(table.messages, table.said[order]),
        "numbers": pointed(table.numbers, table.said[order]),
        "payer": pointed(payer[0], payer[1][visit]),
        "provider": pointed(provider[0], provider[1][visit]),
        "line_charge": np.where(line == ABSENT, 0, charged[line]) if charged.size else np.zeros_like(line),
        "visit_charge": of_visit[visit],
    }
    return Findings(columns, payer, provider, of_visit)


def _keep(name: str, whole: Part, laid_out: Batch, judgement: Judgement[Facts], folder: Path, ways: Ways) -> Done:
    """Write what was found in a part, and all that the report needs to know of it."""
    found = findings(whole, laid_out, judgement, ways)
    visits, lines = judgement.facts.visit, judgement.facts.line
    shared = {entry.code for entry in crossing(ways.entries)}
    # A part by therapist holds no visit without times of day, so those are told of by the part of the patient alone.
    in_several = [one.entry.code in shared and one.reason != NO_TIMES for one in judgement.not_checked]
    judged = Judged(
        sums=Sums(laid_out.count, int(lines.code.size), int(found.charge.sum())),
        payers=_sums(*found.payer, visits.lines, found.charge),
        providers=_sums(*found.provider, visits.lines, found.charge),
        without_charge=int((lines.billed & (lines.charge == ABSENT)).sum()),
        unjudged=[
            Unjudged(one.entry.code, one.reason, int(one.visits.size), again)
            for one, again in zip(judgement.not_checked, in_several, strict=True)
        ],
        slips=first_of_files(whole.slips),
        slip_count=len(whole.slips),
    )
    several = [whole.visits[one.visits] for one, again in zip(judgement.not_checked, in_several, strict=True) if again]
    return keep(folder, name, judged, found.columns, several)


def first_of_files(slips: Iterable[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Of slips in order those that are told one by one: the first of every file."""
    told: Counter[int] = Counter()
    found = []
    for slip in slips:
        told[slip[0] // FILE_SPAN] += 1
        if told[slip[0] // FILE_SPAN] <= MOST_SLIPS:
            found.append(slip)
    return found


def providers_of(laid_out: Batch, visits: VisitFacts) -> tuple[list[str], IntArray]:
    """Who is answered for: the therapist, else who bills; the different names, and for every visit its own's place."""
    provider = np.where(visits.therapist == ABSENT, laid_out.visits["billing_provider.npi"], visits.therapist)
    return named(laid_out, provider, NO_PROVIDER)


def named(laid_out: Batch, positions: IntArray, otherwise: str) -> tuple[list[str], IntArray]:
    """The different texts a column points to, and for every visit the place of its own."""
    different, places = distinct(positions)
    names = [laid_out.text(place) or otherwise for place in different.tolist()]
    return names, places


def _sums(names: list[str], places: IntArray, lines: IntArray, charge: IntArray) -> dict[str, Sums]:
    found: dict[str, Sums] = {}
    columns = (np.bincount(places, minlength=len(names)), *(_added(places, one, len(names)) for one in (lines, charge)))
    for name, visits, of_lines, of_charge in zip(names, *(column.tolist() for column in columns), strict=True):
        sums = found.setdefault(name, Sums())
        sums.visits += visits
        sums.lines += of_lines
        sums.charge += of_charge
    return found


def _added(places: IntArray, values: IntArray, count: int) -> IntArray:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, places, values)
    return sums
