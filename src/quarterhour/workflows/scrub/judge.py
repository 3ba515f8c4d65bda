"""The second step: judge a part, and write what was found with all that the report needs to know of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
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
from quarterhour.engine.part import crossing, judge_by_patient, judge_by_therapist, therapist_days
from quarterhour.engine.tabulate import tabulate
from quarterhour.rules.facts import Facts, VisitFacts
from quarterhour.workflows.reading import read_note
from quarterhour.workflows.scrub.deal import FILE_SPAN, part_of, write_parts
from quarterhour.workflows.scrub.part import Part, by_patient, lay_out_part, read_rows
from quarterhour.workflows.scrub.plan import write_whole
from quarterhour.workflows.scrub.rows import PLACE
from quarterhour.workflows.scrub.ways import Ways

#: So many slips of a file are told one by one.
MOST_SLIPS: Final = 25
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
    """What a part came to, beside its findings. ``times`` are the files of rows dealt on by therapist and day."""

    findings: int
    sums: Sums
    payers: dict[str, Sums]
    providers: dict[str, Sums]
    without_charge: int
    unjudged: list[Unjudged]
    slips: list[tuple[int, str, str]]
    slip_count: int
    words: Words
    times: list[str]


def judge_part(part: int, parts: int, rows: Sequence[Path], folder: Path, ways: Ways) -> Judged:
    """Judge the visits of some patients; nothing is done where that was done before."""
    done = folder / f"found-{part:05d}.json"
    if done.exists():
        return msgspec.json.decode(done.read_bytes(), type=Judged)
    whole = lay_out_part(map(by_patient, read_rows(rows, part)), ways.policy, ways.payer)
    laid_out, judgement = judge_patients(whole, ways)
    times = _deal_times(whole, part, parts, folder)
    judged = _keep(folder / f"found-{part:05d}.arrow", whole, laid_out, judgement, ways, times)
    write_whole(done, msgspec.json.encode(judged))
    return judged


def judge_times(part: int, rows: Sequence[Path], folder: Path, ways: Ways) -> Judged:
    """Judge what joins two patients through their therapist, for some therapists' days."""
    done = folder / f"crossing-{part:05d}.json"
    if done.exists():
        return msgspec.json.decode(done.read_bytes(), type=Judged)
    # The rows come from one part by patient after the other, and stand in order of place again here.
    tables = (table.sort_by(PLACE) for table in read_rows(rows, part))
    whole = lay_out_part(tables, ways.policy, ways.payer)
    laid_out, judgement = judge_days(whole, ways)
    judged = _keep(folder / f"crossing-{part:05d}.arrow", whole, laid_out, judgement, ways, [])
    write_whole(done, msgspec.json.encode(judged))
    return judged


def judge_patients(whole: Part, ways: Ways) -> tuple[Batch, Judgement[Facts]]:
    """Judge all visits of some patients, their notes read."""
    readings = readings_of(whole.columns, ways.vocabulary)
    return judge_by_patient(whole.columns, ways.policy, ways.default_payer, ways.today, ways.entries, readings)


def judge_days(whole: Part, ways: Ways) -> tuple[Batch, Judgement[Facts]]:
    """Judge what joins two patients, all visits of some therapists' days given."""
    return judge_by_therapist(whole.columns, ways.policy, ways.default_payer, ways.today, ways.entries)


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


def _deal_times(whole: Part, part: int, parts: int, folder: Path) -> list[str]:
    """Deal the rows of visits that may overlap with another patient's on, by therapist and day."""
    visits, therapist = therapist_days(whole.columns)
    if not visits.size:
        return []
    texts = whole.columns.texts.values
    different, places = distinct(therapist)
    of_visit = np.full(whole.visits.size, ABSENT)
    days = whole.columns.root["date_of_service"][visits]
    of_visit[visits] = (part_of([texts[place] for place in different.tolist()], parts)[places] + days) % parts
    of_line = of_visit[whole.columns.root.children["services"].rows_of()]
    written, begin = [], 0
    for table, row_of_line in whole.origins:
        to = of_line[begin : begin + row_of_line.size]
        begin += row_of_line.size
        rows, first = np.unique(row_of_line[to != ABSENT], return_index=True)
        if rows.size:
            file = int(table.column(PLACE)[0].as_py()) // FILE_SPAN
            path = folder / f"times-{file:05d}-{part:05d}.arrow"
            write_parts(path, table.take(pa.array(rows)), to[to != ABSENT][first], parts)
            written.append(path.name)
    return written


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


def _keep(
    path: Path, whole: Part, laid_out: Batch, judgement: Judgement[Facts], ways: Ways, times: list[str]
) -> Judged:
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
        times=times,
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
    draft = path.with_name(path.name + ".draft")
    with pa.OSFile(str(draft), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    os.replace(draft, path)  # noqa: PTH105 - replaces what an earlier try left
