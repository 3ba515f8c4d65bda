"""The second step: judge a part, and write what was found with all that the report needs to know of it."""

from __future__ import annotations

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
from quarterhour.engine.judge import Judgement
from quarterhour.engine.part import crossing, judge_by_patient, judge_by_therapist
from quarterhour.engine.tabulate import tabulate
from quarterhour.rules.facts import Facts, VisitFacts
from quarterhour.workflows.reading import read_note
from quarterhour.workflows.scrub.deal import FILE_SPAN, Dealt, read_piece, write_parts
from quarterhour.workflows.scrub.part import Part, lay_out_part, read_rows
from quarterhour.workflows.scrub.plan import Piece, Plan
from quarterhour.workflows.scrub.rows import PLACE
from quarterhour.workflows.scrub.spans import joins, rows_of_runs, write_spans
from quarterhour.workflows.scrub.steps import drafted, once, write_array
from quarterhour.workflows.scrub.ways import Ways

#: So many slips of a file are told one by one.
MOST_SLIPS: Final = 25
#: The runs of rows that may overlap with another part's.
_JOINS: Final = "joins.npy"
#: Who is answered for where nobody is named.
NO_PROVIDER: Final = "not given"


class Sums(msgspec.Struct):
    """What was judged, of all or of one payer or provider; the charge is in cents, of the lines that have one."""

    visits: int = 0
    lines: int = 0
    charge: int = 0


class Unjudged(msgspec.Struct, frozen=True):
    """Visits a rule could not judge, and why; ``places`` where another part may name the same visits again."""

    rule: str
    reason: str
    visits: int
    places: list[int] | None = None


class Words(msgspec.Struct, frozen=True):
    """The texts the findings of a part point to."""

    messages: list[str]
    numbers: list[str]
    payers: list[str]
    providers: list[str]


class Findings(msgspec.Struct, frozen=True):
    """The findings of a part by place, those of a visit in the order the engine has them.

    ``payer`` and ``provider`` are for every visit the places of its own in ``words``, ``charge`` what it charges.
    """

    columns: dict[str, IntArray | pa.Array]
    words: Words
    payer: IntArray
    provider: IntArray
    charge: IntArray


class Judged(msgspec.Struct, frozen=True):
    """What a part came to, beside its findings.

    ``spans`` is how many runs of rows there are of visits with times of day, ``read`` what became of the piece where a
    part is one.
    """

    findings: int
    sums: Sums
    payers: dict[str, Sums]
    providers: dict[str, Sums]
    without_charge: int
    unjudged: list[Unjudged]
    slips: list[tuple[int, str, str]]
    slip_count: int
    words: Words
    spans: int = 0
    read: Dealt | None = None


def judge_piece(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> Judged:
    """Judge a piece that holds all rows of its patients; nothing is done where that was done before."""

    def work() -> Judged:
        tables, read = read_piece(piece, plan, ways)
        judged = _judge(piece.number, tables, folder, ways)
        return msgspec.structs.replace(judged, read=read)

    return once(folder / found_file(piece.number), Judged, work)


def judge_part(part: int, rows: Sequence[Path], folder: Path, ways: Ways) -> Judged:
    """Judge the visits of some patients; nothing is done where that was done before."""
    done = folder / found_file(part)
    return once(done, Judged, lambda: _judge(part, read_rows(rows, part), folder, ways))


def found_file(part: int) -> str:
    """The name of the file that says what a part came to."""
    return f"found-{part:05d}.json"


def _judge(part: int, rows: Iterable[pa.Table], folder: Path, ways: Ways) -> Judged:
    whole = lay_out_part(rows, ways.policy, ways.payer)
    several = bool(crossing(ways.entries))
    laid_out, judgement = judge_patients(whole, ways, across=several)
    spans = write_spans(folder / spans_file(part), whole.columns, whole.lines) if several else 0
    judged = _keep(folder / f"found-{part:05d}.arrow", whole, laid_out, judgement, ways)
    return msgspec.structs.replace(judged, spans=spans)


def spans_file(part: int) -> str:
    """The name of the file of a part's spans."""
    return f"spans-{part:05d}.npy"


def find_joins(sizes: Sequence[int], parts: int, folder: Path) -> list[int]:
    """The parts with visits that may overlap with one of another part; their runs of rows are written down."""
    there = [part for part, size in enumerate(sizes) if size]
    runs = joins([folder / spans_file(part) for part in there], [sizes[part] for part in there], parts)
    runs["part"] = np.array(there, dtype=np.int32)[runs["part"]] if there else runs["part"]
    write_array(folder / _JOINS, runs)
    found: list[int] = np.unique(runs["part"]).tolist()
    return found


def deal_joins(part: int, source: Piece | Sequence[Path], plan: Plan, folder: Path, ways: Ways) -> list[str]:
    """Deal the rows of a part that may overlap with another part's on, by therapist and day.

    ``source`` is the part as a piece, or the files of rows. Returns the files written.
    """
    runs = np.load(folder / _JOINS)
    runs = runs[runs["part"] == part]
    tables = read_piece(source, plan, ways)[0] if isinstance(source, Piece) else read_rows(source, part)
    written = []
    for table in tables:
        place = table.column(PLACE).to_numpy()
        within = runs[(runs["first"] >= place[0]) & (runs["last"] <= place[-1])]
        if not within.size:
            continue
        rows, to = rows_of_runs(table, place, within)
        path = folder / f"times-{int(place[0]) // FILE_SPAN:05d}-{part:05d}.arrow"
        write_parts(path, rows, to, plan.parts)
        written.append(path.name)
    return written


def judge_times(part: int, rows: Sequence[Path], folder: Path, ways: Ways) -> Judged:
    """Judge what joins two parts through a therapist, for some therapists' days."""
    return once(folder / f"crossing-{part:05d}.json", Judged, lambda: _judge_times(part, rows, folder, ways))


def _judge_times(part: int, rows: Sequence[Path], folder: Path, ways: Ways) -> Judged:
    # The rows come from one part by patient after the other, and stand in order of place again here.
    tables = (table.sort_by(PLACE) for table in read_rows(rows, part))
    whole = lay_out_part(tables, ways.policy, ways.payer)
    runs = np.load(folder / _JOINS)
    runs = runs[np.argsort(runs["first"], kind="stable")]
    parts = runs["part"][np.searchsorted(runs["first"], whole.visits, side="right") - 1]
    laid_out, judgement = judge_days(whole, ways, parts.astype(np.int64))
    return _keep(folder / f"crossing-{part:05d}.arrow", whole, laid_out, judgement, ways)


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
    payers, payer = named(laid_out, laid_out.visits["payer"], ways.default_payer)
    providers, provider = providers_of(laid_out, visits)
    rule_of = {entry.code: place for place, entry in enumerate(ways.entries)}
    place = whole.visits[table.visit]
    # Visits stand patient by patient here; their findings go by place, those of a visit in the order they have.
    order = np.argsort(place, kind="stable")
    visit, line = table.visit[order], table.line[order]
    columns = {
        "place": place[order],
        "row": np.where(line == ABSENT, place[order], whole.lines[line]) if whole.lines.size else place[order],
        "visit_id": whole.ids.take(pa.array(visit)).combine_chunks(),
        "rule": np.array([rule_of[code] for code in table.rules] or [0])[table.rule[order]],
        "severity": table.severity[order],
        "confidence": table.confidence[order],
        "number": table.number[order],
        "code": table.code[order],
        "said": table.said[order],
        "payer": payer[visit],
        "provider": provider[visit],
        "line_charge": np.where(line == ABSENT, 0, charged[line]) if charged.size else line,
        "visit_charge": of_visit[visit],
    }
    words = Words(list(table.messages), list(table.numbers), payers, providers)
    return Findings(columns, words, payer, provider, of_visit)


def _keep(path: Path, whole: Part, laid_out: Batch, judgement: Judgement[Facts], ways: Ways) -> Judged:
    found = findings(whole, laid_out, judgement, ways)
    write_findings(path, found.columns)
    visits, lines = judgement.facts.visit, judgement.facts.line
    shared = {entry.code for entry in crossing(ways.entries)}
    return Judged(
        findings=int(found.columns["place"].size),
        sums=Sums(laid_out.count, int(lines.code.size), int(found.charge.sum())),
        payers=_sums(found.words.payers, found.payer, visits.lines, found.charge),
        providers=_sums(found.words.providers, found.provider, visits.lines, found.charge),
        without_charge=int((lines.billed & (lines.charge == ABSENT)).sum()),
        unjudged=[
            Unjudged(
                one.entry.code,
                one.reason,
                int(one.visits.size),
                whole.visits[one.visits].tolist() if one.entry.code in shared else None,
            )
            for one in judgement.not_checked
        ],
        slips=list(whole.slips[:MOST_SLIPS]),
        slip_count=len(whole.slips),
        words=found.words,
    )


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


def write_findings(path: Path, columns: dict[str, IntArray | pa.Array]) -> None:
    """Write the columns of findings so that they are there whole or not at all."""
    table = pa.table(
        {name: values if isinstance(values, pa.Array) else pa.array(values) for name, values in columns.items()}
    )
    with drafted(path) as draft, pa.OSFile(str(draft), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
