"""`quarterhour replay`: whole files under another policy version, and what comes out otherwise."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.check import words
from quarterhour.cli.options import SETTINGS, mapping, own_folders, payer, room, store, today, vocabulary
from quarterhour.cli.output import Line, wrapped, write, write_json, write_lines
from quarterhour.cli.scrub import dollars, messages, width_of
from quarterhour.domain.plural import counted

_CHANGES: Final = ("new", "gone", "changed")
#: So many causes, codes, payers and providers are shown as text; JSON and CSV have all.
_MOST: Final = 12
_COLUMNS: Final = (
    "kind", "claim", "codes", "before", "release_before", "after", "release_after", "rules", "change", "findings",
    "visits", "lines", "units", "charge", "allowed", "lines_without_amount",
)  # fmt: skip
_OTHERWISE: Final = 1
_UNREAD: Final = 2
_NOTHING_READ: Final = 3


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--from", "one", metavar="VERSION|DATE", required=True, help="The policy to compare with.")
@click.option(
    "--to", "other", metavar="VERSION|DATE", default="current", show_default=True, help="The policy to replay under."
)
@click.option(
    "--shift", metavar="N[q|y]", help="Move the visits by quarters (13 weeks) or years (52) where --to judges."
)
@click.option(
    "--output",
    "-o",
    metavar="CHANGES",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for every finding that is otherwise: .parquet, .csv or .jsonl.",
)
@click.option(
    "--format", "-f", "output_format", type=click.Choice(["text", "json", "csv"]), default="text", help="How to answer."
)
@click.option("--select", "-s", metavar="RULE", multiple=True, help="Only these rules, as for check.")
@click.option("--ignore", "-i", metavar="RULE", multiple=True, help="Not these rules.")
@payer
@click.option("--zip", "-z", "zip_code", help="ZIP code of the visits that name none, for amounts.")
@click.option("--locality", "-l", metavar="CARRIER-LOCALITY", help="Payment locality of those, such as 04412-11.")
@click.option("--amounts", is_flag=True, help="Price every visit under both, not only what is otherwise.")
@today
@room
@click.option(
    "--work",
    metavar="FOLDER",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Where rows lie while the replay runs.  [default: the folder for temporary files]",
)
@mapping
@own_folders
@store
@vocabulary
def command(
    paths: tuple[str, ...],
    one: str,
    other: str,
    shift: str | None,
    output: Path | None,
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    payer: str | None,
    zip_code: str | None,
    locality: str | None,
    amounts: bool,
    today: str | None,
    memory: str,
    workers: int | None,
    work: Path | None,
    policy_folders: tuple[Path, ...],
    store: Path | None,
    vocabulary: tuple[Path, ...],
    mapping: Path | None,
) -> None:
    """Judge whole files under two policy versions, and show which findings are otherwise, for how much, and why.

    PATH is what scrub reads. VERSION is one of `policy list`, built-in, or current; a DATE stands for the newest
    version held on it.

    Exit codes: 0 nothing is otherwise, 1 something is, 2 wrong call or unreadable input, 3 nothing was read.
    """
    from quarterhour.cli.progress import shown
    from quarterhour.workflows.replay import replay

    with shown() as told:
        report = replay(
            paths,
            one,
            other,
            output,
            shift=shift,
            store=store,
            payer=payer,
            today=today,
            select=words(select),
            ignore=words(ignore),
            zip=zip_code,
            locality=locality,
            amounts=amounts,
            policy_folders=policy_folders,
            vocabulary=vocabulary,
            mapping=mapping,
            memory=memory,
            workers=workers,
            work=work,
            told=told,
        )
    if output_format == "json":
        write_json(report)
    elif output_format == "csv":
        write(_csv(report))
    else:
        write_lines(_lines(report))
    messages(report)
    raise click.exceptions.Exit(_exit_code(report))


def _exit_code(report: dict[str, Any]) -> int:
    told = report["summary"]
    if told["errors"]:
        return _UNREAD
    if not told["visits"]:
        return _NOTHING_READ
    return _OTHERWISE if told["findings"] else 0


def _csv(report: dict[str, Any]) -> str:
    """A row for everything that differs between the sides and for what became of the findings that rest on it."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for cause in report["explained"]:
        plain = {name: value for name, value in cause.items() if name not in _CHANGES}
        plain |= {name: " ".join(cause[name]) for name in ("codes", "rules")}
        for change in _CHANGES:
            if change in cause:
                row = {**plain, "change": change, **cause[change]}
                rows.writerow([row[name] for name in _COLUMNS])
    return out.getvalue()


def _lines(report: dict[str, Any]) -> Iterator[Line]:
    told, one, other = report["summary"], report["from"], report["to"]
    moved = f", visits {other['shift_days']:+} days" if other["shift_days"] else ""
    yield [(f"{one['version']} to {other['version']}{moved}", "bold")]
    yield [
        (
            f"{counted(told['visits'], 'visit')}, {counted(told['lines'], 'line')}, ${dollars(told['charge'])} charged",
            "",
        )
    ]
    if not told["findings"]:
        yield [("no finding is otherwise", "")]
    for change in _CHANGES:
        if told[change]["findings"]:
            yield [(f"{change:<8}", "bold"), (_sentence(told[change]), "")]
    yield from _causes(report["explained"])
    yield from _table("rule", [(f"{code} {row['name']}", row) for code, row in told["by_rule"].items()])
    for name in ("code", "payer", "provider"):
        rows = sorted(told[f"by_{name}"].items(), key=lambda row: (-_findings(row[1]), row[0]))
        yield from _table(name, [(text or "the visit as a whole", row) for text, row in rows])
    yield from _amounts(report["amounts"])
    for unjudged in report["not_checked"]:
        text = f"{unjudged['rule']} could not judge {counted(unjudged['visits_before'], 'visit')}, now "
        text += f"{unjudged['visits_after']:,}: {unjudged['reason']}"
        yield from wrapped(text, "  ", first="* ", style="dim")


def _causes(causes: list[dict[str, Any]]) -> Iterator[Line]:
    if causes:
        yield []
        yield [("what differs", "bold")]
    for cause in causes[:_MOST]:
        claim = f" on {cause['claim']} claims" if cause["claim"] else ""
        before, after = (
            f"{cause[side]} ({cause[f'release_{side}']})" if cause[f"release_{side}"] else cause[side]
            for side in ("before", "after")
        )
        text = f"{cause['kind']} {'/'.join(cause['codes'])}{claim}: {before} becomes {after}"
        yield from wrapped(text, "    ", first="  ")
        for change in _CHANGES:
            if change in cause:
                rules = ", ".join(cause["rules"])
                yield from wrapped(
                    f"{change}: {_sentence(cause[change])} ({rules})", "      ", first="    ", style="dim"
                )
    if len(causes) > _MOST:
        yield [(f"  and {len(causes) - _MOST:,} more; --format csv or json has all", "dim")]


def _sentence(told: dict[str, Any]) -> str:
    without = (
        f", {counted(told['lines_without_amount'], 'line')} without an amount" if told["lines_without_amount"] else ""
    )
    return (
        f"{counted(told['findings'], 'finding')}, {counted(told['lines'], 'line')}, {counted(told['units'], 'unit')}, "
        f"${dollars(told['charge'])} charged, ${dollars(told['allowed'])} allowed{without}"
    )


def _table(title: str, rows: list[tuple[str, dict[str, Any]]]) -> Iterator[Line]:
    if not rows:
        return
    wide = width_of(title, [name for name, _ in rows[:_MOST]])
    yield []
    head = f"{title:<{wide}}  {'new':>10} {'charged':>14}  {'gone':>10} {'charged':>14}  {'changed':>8}"
    yield [(head, "bold")]
    for name, told in rows[:_MOST]:
        cells = [
            (told.get(change, {}).get("findings", 0), told.get(change, {}).get("charge", "0.00")) for change in _CHANGES
        ]
        (new, first), (gone, second), (changed, _) = cells
        text = f"{name:<{wide}}  {new:>10,} {dollars(first):>14}  {gone:>10,} {dollars(second):>14}  {changed:>8,}"
        yield [(text, "")]
    if len(rows) > _MOST:
        yield [(f"  and {len(rows) - _MOST:,} more; --format json has all", "dim")]


def _findings(told: dict[str, Any]) -> int:
    return sum(told[change]["findings"] for change in _CHANGES if change in told)


def _amounts(amounts: dict[str, Any] | None) -> Iterator[Line]:
    if amounts is None:
        return
    before, after = (dollars(amounts[name]) for name in ("allowed_before", "allowed_after"))
    yield []
    yield [("allowed", "bold"), (f"  ${before} becomes ${after}", "")]
    for code, row in amounts["by_code"].items():
        cells = (
            f"{row['units']:>10,} units  {dollars(row['allowed_before']):>14} becomes {dollars(row['allowed_after'])}"
        )
        yield [(f"  {code}{cells}", "")]
    if amounts["lines_without_amount"]:
        yield [(f"  {counted(amounts['lines_without_amount'], 'line')} without an amount on one side", "dim")]
