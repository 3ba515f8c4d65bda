"""The run: deal the input into parts, judge every part, put the findings in order. Each step keeps what it finished."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.workflows.asked import FORMAT, chosen_tables, iso
from quarterhour.workflows.errors import BadRequest, Stopped
from quarterhour.workflows.scrub import deal, judge
from quarterhour.workflows.scrub.claims.deal import DealtFile, claims_files, deal_any
from quarterhour.workflows.scrub.claims.judge import JudgedClaims, judge_claims_part
from quarterhour.workflows.scrub.claims.report import ClaimTotals, defects_of, slips_of
from quarterhour.workflows.scrub.closed import closed_runs
from quarterhour.workflows.scrub.cluster import cluster
from quarterhour.workflows.scrub.deal import FILE_SPAN, Dealt
from quarterhour.workflows.scrub.inputs import errors_of, failures_of, inputs_of, rows_of
from quarterhour.workflows.scrub.kept import Done, Judged, taken_up
from quarterhour.workflows.scrub.merge import Block, blocks, table_of
from quarterhour.workflows.scrub.plan import Piece, Plan, begin, plan_of
from quarterhour.workflows.scrub.sinks import format_of, writer
from quarterhour.workflows.scrub.source import files_of
from quarterhour.workflows.scrub.spans import Joins
from quarterhour.workflows.scrub.steps import drafted
from quarterhour.workflows.scrub.summary import Account, summary_of
from quarterhour.workflows.scrub.totals import Totals
from quarterhour.workflows.scrub.unjudged import not_checked
from quarterhour.workflows.scrub.ways import Ways, sparing
from quarterhour.workflows.scrub.wish import Progress, Told, Wish, work_folder
from quarterhour.workflows.scrub.workers import Crew, crew, each, one_store
from quarterhour.workflows.tool import tool_row

#: Files whose visits are known in number before they are judged, and their lines only then.
_RECORDS: Final = frozenset({"records", "record-lines", "fhir"})
_OF_ARROW: Final = re.compile(r".*Detail: \[errno \d+\] ", re.DOTALL)
#: What a work folder holds of ours; nothing else is ever removed from one.
_OURS: Final = (
    "plan.json", "piece-*", "rows-*", "claims-*", "found-*", "spans-*", "joins-*", "times-*", "crossing-*", "names-*",
)  # fmt: skip


class Results(msgspec.Struct, frozen=True):
    """What the first steps left: per piece, per part, per part of what joins two patients, and of the claims."""

    dealt: tuple[Dealt, ...]
    judged: tuple[Done, ...]
    joined: tuple[Done, ...]
    claims: tuple[Done, ...]


def run(paths: Sequence[str | Path], out: Path, wish: Wish, told: Told) -> dict[str, Any]:
    """Scrub files; see ``quarterhour.scrub``."""
    suffix = format_of(out)
    ways = sparing(wish)
    wish = msgspec.structs.replace(wish, today=iso(ways.today), tables=chosen_tables())
    files, skipped = files_of(paths, ways.mapping)
    folder = work_folder(wish.work, out)
    if any(Path(file.path).resolve() == out.resolve() for file in files):
        msg = f"{out} is among the files to be read"
        raise BadRequest(msg)
    with _kept(folder), one_store():
        parted = plan_of(
            files, _options(wish, ways), wish.lines_at_once, closed_runs(files, ways.mapping, wish.lines_at_once)
        )
        plan = begin(folder, parted, resume=wish.resume)
        begun = cluster(wish, ways.policy.digest) if wish.spark else crew(wish.processes, partial(sparing, wish), ways)
        with begun as works:
            results = _work(plan, folder, works, told)
        totals, of_claims = _totals(results, folder)
        account = Account(totals, ways.entries)
        # Findings of an earlier run are not replaced by none where nothing could be read.
        read = len(failures_of(plan, results.dealt)) < len(plan.files)
        if read:
            _write(plan, results, account, folder, out, suffix, ways, told)
        report = _report(plan, results, (account, totals, of_claims), folder, ways, skipped, out if read else None)
        _clear(folder)
    return report


def _options(wish: Wish, ways: Ways) -> dict[str, Any]:
    """What decides the answer beside the files."""
    return {
        "policy": ways.policy.digest,
        "today": ways.today.isoformat(),
        "payer": wish.payer,
        "rules": [entry.code for entry in ways.entries],
        "vocabulary": [Path(path).read_text(encoding="utf-8") for path in wish.vocabulary],
        "mapping": None if wish.mapping is None else Path(wish.mapping).read_text(encoding="utf-8-sig"),
    }


@contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Say what to do when the run cannot go on."""
    try:
        yield
    except OSError as error:
        # Arrow puts the machine's words behind its own.
        why = _OF_ARROW.sub("", error.strerror or str(error) or type(error).__name__)
        at = f" ({error.filename})" if error.filename else ""
        msg = f"stopped: {why}{at}. What was finished is kept in {folder}; --resume goes on with it"
        raise Stopped(msg) from error
    except BrokenProcessPool:
        msg = f"stopped: a worker was ended, perhaps for want of memory. What was finished is kept in {folder}; "
        raise Stopped(msg + "--resume goes on with it, with fewer --workers for instance") from None


def _work(plan: Plan, folder: Path, works: Crew, told: Told) -> Results:
    """Deal, judge and join the visits, and judge the claims."""
    dealt, judged, sources = _dealt_and_judged(plan, folder, works, told)
    joined = _joined(plan, folder, works, told, judged, sources)
    claims = [folder / name for piece, one in enumerate(dealt) for name in claims_files(piece, one)]
    claimed = [(part, claims, folder) for part in range(plan.claim_parts)] if claims else []
    billed = sum(_lines(one) for one in dealt if isinstance(one, DealtFile))
    told_of = each(works(judge_claims_part, claimed), "claims", billed, told, _lines_of)
    return Results(tuple(dealt), tuple(judged), tuple(joined), tuple(told_of))


def _dealt_and_judged(
    plan: Plan, folder: Path, works: Crew, told: Told
) -> tuple[list[Dealt], list[Done], list[Piece] | list[list[Path]]]:
    """Per piece what was read, per part what was found, and for every part where its rows stand."""
    calls = [(piece, plan, folder) for piece in plan.pieces]
    expected = sum(file.lines for file in plan.files)
    if plan.whole:
        judged = each(works(judge.judge_piece, calls), "judging", expected, told, lambda one: one.read.rows)
        return [one.read for one in judged], judged, list(plan.pieces)
    dealt = each(works(deal_any, calls), "reading", expected, told, _lines)
    # Half of a file would be half of its patients' visits.
    failed = {piece.file for piece, one in zip(plan.pieces, dealt, strict=True) if one.failure}
    files = [
        folder / deal.rows_file(piece.number, nth)
        for piece, one in zip(plan.pieces, dealt, strict=True)
        if piece.file not in failed
        for nth in range(one.files)
    ]
    parts = [(part, files, folder) for part in range(plan.parts)] if files else []
    rows: int | None = sum(one.rows for one in dealt if not isinstance(one, DealtFile))
    if any(file.kind in _RECORDS for file in plan.files):
        rows = None
    judged = each(works(judge.judge_part, parts), "judging", rows, told, _lines_of)
    return dealt, judged, [files] * plan.parts


def _joined(
    plan: Plan,
    folder: Path,
    works: Crew,
    told: Told,
    judged: Sequence[Done],
    sources: Sequence[Piece] | Sequence[Sequence[Path]],
) -> list[Done]:
    """What joins two patients of different parts through a therapist's day, judged."""
    joins = judge.find_joins(judged, folder) if len(judged) > 1 else Joins({}, 0)
    # There is mostly little that joins two parts, and a part more costs more than its few rows.
    shares = max(1, -(-joins.rows // plan.lines_at_once))
    asked = [(part, runs, shares, sources[part], plan, folder) for part, runs in sorted(joins.of_parts.items())]
    names = each(works(judge.deal_joins, asked), "joining", None, told, len)
    times = sorted(folder / name for one in names for name in one)
    crossing = [(share, times, folder) for share in range(shares)] if times else []
    return each(works(judge.judge_times, crossing), "joining", None, told, _lines_of)


def _lines_of(part: Done) -> int:
    """How many lines a part has."""
    return part.lines


def _lines(dealt: Dealt) -> int:
    """How many lines a piece has."""
    of_claims = dealt.of_claims if isinstance(dealt, DealtFile) else None
    return of_claims.lines if of_claims else dealt.rows


def _totals(results: Results, folder: Path) -> tuple[Totals, ClaimTotals]:
    """What the parts come to, each visit once."""
    totals, of_claims = Totals(folder), ClaimTotals()
    for part in taken_up(folder, results.judged, Judged):
        totals.add(part)
    for claims in taken_up(folder, results.claims, JudgedClaims):
        totals.add(claims)
        of_claims.add(claims)
    return totals, of_claims


def _write(
    plan: Plan, results: Results, account: Account, folder: Path, out: Path, suffix: str, ways: Ways, told: Told
) -> None:
    """Write the findings of all parts, and count them."""
    parts = [*results.judged, *results.joined, *results.claims]
    paths = [file.path for file in plan.files]
    total = sum(one.findings for one in parts)
    schema = table_of(Block.empty(), paths, ways.entries).schema
    with drafted(out) as draft, writer(draft, suffix, schema) as sink:
        for block in blocks(folder, parts, rows_of(plan, results.dealt)):
            sink(table_of(block, paths, ways.entries))
            account.add(block)
            told(Progress("writing", account.findings, total))


def _report(
    plan: Plan,
    results: Results,
    counted: tuple[Account, Totals, ClaimTotals],
    folder: Path,
    ways: Ways,
    skipped: list[str],
    out: Path | None,
) -> dict[str, Any]:
    account, totals, of_claims = counted
    files = {
        piece.file: one for piece, one in zip(plan.pieces, results.dealt, strict=True) if isinstance(one, DealtFile)
    }
    rows = of_claims.rows(files)
    slips, count = slips_of(files, FILE_SPAN)
    errors, failures = errors_of(plan, results.dealt, [*slips, *totals.slips])
    unchecked = not_checked(folder, results.judged, results.joined, rows_of(plan, results.dealt))
    summary = summary_of(account, totals, count + failures + totals.slip_count, ways.entries)
    return {
        "format": FORMAT,
        "tool": tool_row(ways.policy, ways.today, ways.vocabulary),
        "inputs": [row | rows.get(number, {}) for number, row in enumerate(inputs_of(plan, results.dealt))],
        "skipped": skipped,
        "findings": None if out is None else str(out),
        "not_checked": of_claims.not_checked(unchecked),
        "errors": errors,
        "summary": summary | {"claims": of_claims.claims, "defects": defects_of(files)},
    }


def _clear(folder: Path) -> None:
    """Remove what the run left, and the folder if that was all."""
    for form in _OURS:
        for path in folder.glob(form):
            path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()
