"""Crowd after crowd of patients, drawn, given their defects and written, so that memory is that of one crowd."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from quarterhour.domain.claim import Claim
from quarterhour.policy import Policy, load
from quarterhour.workflows.scrub.wish import Progress, Told
from quarterhour.workflows.synth.catalogue import offer
from quarterhour.workflows.synth.claim_truth import CLAIM_TYPES, spoil_claims
from quarterhour.workflows.synth.claims import claims_of
from quarterhour.workflows.synth.mix import mix
from quarterhour.workflows.synth.notes.column import with_notes
from quarterhour.workflows.synth.services import asked
from quarterhour.workflows.synth.table import draw_crowd, table_of
from quarterhour.workflows.synth.truth import Spoilt, spoil
from quarterhour.workflows.synth.truth_table import TRUTH
from quarterhour.workflows.synth.wish import Wish
from quarterhour.workflows.synth.writing import CLAIM_WRITERS, WRITERS


def write(path: Path, form: str, wish: Wish, truth: str | Path | None, told: Told) -> Counter[str]:
    """Write the visits or claims, and the truth where a file is given for it; how many visits, lines and defects."""
    policy = load()
    counts: Counter[str] = Counter()
    with ExitStack() as open_files:
        out = open_files.enter_context(path.open("wb"))
        truth_out = io.BytesIO() if truth is None else open_files.enter_context(Path(truth).open("wb"))
        known = open_files.enter_context(csv.CSVWriter(truth_out, TRUTH))

        def tables() -> Iterator[pa.Table]:
            of_visits = truth is not None and form in WRITERS
            for one in crowds(wish, policy, with_truth=of_visits):
                counts["visits"] += len(pc.unique(one.table.column("visit_id")))
                counts["lines"] += one.table.num_rows
                learn(one.truth)
                yield one.table
                told(Progress("drawing", counts["visits"], wish.claims))

        def learn(rows: pa.Table) -> None:
            made = pc.not_equal(rows.column("defect"), "")
            counts["defects"] += len(pc.unique(rows.column("visit_id").filter(made)))
            known.write_table(rows)

        if form in WRITERS:
            WRITERS[form](tables(), out, policy)
        else:
            CLAIM_WRITERS[form](claims(tables(), form, wish, policy, learn), out)
    return counts


def claims(
    tables: Iterator[pa.Table], form: str, wish: Wish, policy: Policy, learn: Callable[[pa.Table], None]
) -> Iterator[Claim]:
    """The claims a form holds, with the defects wished for; ``learn`` hears what must be found in them."""
    for number, table in enumerate(tables):
        drawn = (claim for claim in claims_of(table, policy) if claim.claim_type in CLAIM_TYPES[form])
        spoilt = spoil_claims(drawn, wish, number, policy, in_x12=form != "claim-lines")
        yield from spoilt.claims
        learn(spoilt.truth)


def crowds(wish: Wish, policy: Policy, *, with_truth: bool) -> Iterator[Spoilt]:
    """The visits wished for, a crowd at a time, with the truth of each if it is asked for."""
    drawn_from = mix()
    offered = offer(drawn_from, policy, wish.year)
    terms = asked(drawn_from, policy, dt.date(wish.year, 7, 1).toordinal())
    left, number = wish.claims, 0
    while left > 0:
        crowd = draw_crowd(number, wish.seed, drawn_from, offered, terms, wish.year)
        table = table_of(crowd, drawn_from, offered, terms, left)
        if wish.notes:
            table = with_notes(table, wish.seed, policy)
        if with_truth:
            yield spoil(table, wish, number, policy)
        else:
            yield Spoilt(table, TRUTH.empty_table())
        left, number = left - crowd.visits.patient.size, number + 1
