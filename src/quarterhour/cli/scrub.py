"""`quarterhour scrub`: whole files of visits or service lines, findings to a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.check import exit_code, words
from quarterhour.cli.options import (
    SETTINGS,
    chosen_rules,
    fail_on,
    mapping,
    payer,
    policy_folders,
    room,
    text_or_json,
    today,
    vocabulary,
)
from quarterhour.cli.output import Line, message, some_of, write_json, write_lines
from quarterhour.domain.plural import counted

#: So many payers and providers are shown, those with most at stake first; --format json has all.
_MOST: Final = 10


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--output",
    "-o",
    metavar="FINDINGS",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for the findings: .parquet, .csv or .jsonl.",
)
@text_or_json
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Who works: processes of this machine, or a Spark cluster.",
)
@fail_on
@chosen_rules
@payer
@today
@room
@click.option(
    "--work",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where finished parts are kept until the end.  [default: FINDINGS.work]",
)
@click.option("--resume", is_flag=True, help="Go on with what a stopped run left in the work folder.")
@mapping
@policy_folders
@vocabulary
def command(
    paths: tuple[str, ...],
    output: Path,
    output_format: str,
    engine: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    persona: tuple[str, ...],
    payer: str | None,
    today: str | None,
    memory: str,
    workers: int | None,
    work: Path | None,
    resume: bool,
    mapping: Path | None,
    policy_folders: tuple[Path, ...],
    vocabulary: tuple[Path, ...],
) -> None:
    """Check whole files, however long, and write the findings to a file.

    PATH is a table of service lines or of claim lines (Parquet or CSV), visit records (.json, .jsonl), claims as X12
    (837P, 837I) or FHIR, or a folder of such files. The findings stand in the order of the input. A run that was
    stopped goes on with --resume; what comes out is the same.

    Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong call or unreadable input, 3 nothing was read.
    """
    from quarterhour.cli.ending import resumable
    from quarterhour.cli.progress import shown
    from quarterhour.workflows.scrub import scrub
    from quarterhour.workflows.scrub.wish import work_folder

    with resumable(work_folder(work, output)), shown() as told:
        report = scrub(
            paths,
            output,
            engine=engine,
            payer=payer,
            today=today,
            select=words(select),
            ignore=words(ignore),
            persona=persona,
            policy_folders=policy_folders,
            vocabulary=vocabulary,
            mapping=mapping,
            memory=memory,
            workers=workers,
            work=work,
            resume=resume,
            told=told,
        )
    if output_format == "json":
        write_json(report)
    else:
        write_lines(_lines(report))
    messages(report)
    raise click.exceptions.Exit(exit_code(report, fail_on))


def _lines(report: dict[str, Any]) -> list[Line]:
    """The summary for people."""
    if report["findings"] is None:
        return [[("nothing was read, and no findings were written", "bold")]]
    told = report["summary"]
    levels = ", ".join(counted(count, name) for name, count in told["by_severity"].items()) or "none"
    claims = f"{counted(told['claims'], 'claim')}, " if told["claims"] else ""
    uncharged = (
        f"; {counted(told['lines_without_charge'], 'line')} without a charge" if told["lines_without_charge"] else ""
    )
    lines: list[Line] = [
        [(f"{claims}{counted(told['visits'], 'visit')}, {counted(told['lines'], 'line')}", "bold")],
        [(f"{counted(told['findings'], 'finding')} ({levels}) in {report['findings']}", "")],
        [(f"${dollars(told['at_stake'])} of ${dollars(told['charge'])} charged is at stake{uncharged}", "")],
    ]
    if Decimal(told["under_billed"]):
        under = f"of it ${dollars(told['under_billed'])} only because fewer units were billed than could have been"
        lines.append([(under, "")])
    by_rule = sorted(told["by_rule"].items(), key=lambda item: (-item[1]["findings"], item[0]))
    if told["defects"]:
        defects = ", ".join(f"{count:,} {level}" for level, count in told["defects"].items())
        lines.append([(f"defects of X12 files: {defects}; --format json has their places", "")])
    lines += _table("rule", [(f"{code} {one['name']}", one) for code, one in by_rule])
    for name in ("payer", "provider"):
        ranked = sorted(
            told[f"by_{name}"].items(), key=lambda item: (-int(item[1]["at_stake"].replace(".", "")), item[0])
        )
        lines += _table(name, ranked[:_MOST])
        if len(ranked) > _MOST:
            lines.append([(f"  and {len(ranked) - _MOST:,} more; --format json has all", "dim")])
    if report["not_checked"]:
        rules = len({one["rule"] for one in report["not_checked"]})
        lines += [
            [],
            [(f"{counted(rules, 'rule')} could not judge some visits; --format json says which and why", "dim")],
        ]
    return lines


def _table(title: str, rows: list[tuple[str, dict[str, Any]]]) -> list[Line]:
    if not rows:
        return []
    wide = width_of(title, [name for name, _ in rows])
    head = f"{title:<{wide}}  {'findings':>12}  {'at stake':>16}"
    return [
        [],
        [(head, "bold")],
        *([(f"{name:<{wide}}  {one['findings']:>12,}  {dollars(one['at_stake']):>16}", "")] for name, one in rows),
    ]


def width_of(title: str, names: Sequence[str]) -> int:
    """How wide a column with that title and those names is."""
    return max(len(title), *map(len, names))


def dollars(amount: str) -> str:
    """A decimal amount with its thousands parted."""
    whole, _, cents = amount.partition(".")
    return f"{int(whole):,}.{cents}"


def _left_aside(inputs: Sequence[dict[str, Any]]) -> None:
    """What files of claims hold that was not judged: a reason once, with the files and lines it concerns."""
    files: dict[str, list[str]] = {}
    lines: Counter[str] = Counter()
    for one in inputs:
        if "skipped" in one:
            files.setdefault(f"{one['kind'] or 'no transaction'}: {one['skipped']}", []).append(one["path"])
        for why, count in one.get("not_judged", {}).items():
            reason = f"not judged: {why}"
            files.setdefault(reason, []).append(one["path"])
            lines[reason] += count
    for reason, paths in files.items():
        where = paths[0] if len(paths) == 1 else f"{len(paths):,} files ({paths[0]}, ...)"
        many = f"{counted(lines[reason], 'line')} " if reason in lines else ""
        message(f"{where}: {many}{reason}")


def messages(report: dict[str, Any]) -> None:
    """What could not be read or was left aside, on standard error."""
    for one in report["inputs"]:
        for name, near in one["unknown_columns"].items():
            hint = f"; did you mean {near}?" if near else ""
            message(f"{one['path']}: the column {name} is not known and was left aside{hint}")
    _left_aside(report["inputs"])
    if report["skipped"]:
        message(f"left aside, no visits, no claims and no table of them: {some_of(report['skipped'])}")
    for error in report["errors"]:
        at = f":{error['row']}" if error["row"] else ""
        column = f" {error['column']}:" if error["column"] else ""
        message(f"{error['path']}{at}:{column} {error['message']}")
    more = report["summary"]["errors"] - len(report["errors"])
    if more:
        message(f"and {more:,} more that could not be read")
    if not report["summary"]["visits"] and not report["summary"]["claims"] and not report["errors"]:
        message("nothing was read: there are no visits and no claims in what was named")
