"""`quarterhour check`: what is wrong or unsupported in visits."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, policy_folders
from quarterhour.cli.output import message, write, write_lines

_FORMATS: Final = ("text", "json", "jsonl", "csv", "html", "sarif")
_RANK: Final = {"info": 0, "warning": 1, "error": 2}
_FOUND: Final = 1
_UNREADABLE: Final = 2
_NOTHING: Final = 3


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--format", "-f", "output_format", type=click.Choice(_FORMATS), default="text", help="How to report.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="warning",
    show_default=True,
    help="Least severity that makes the exit code 1.",
)
@click.option(
    "--select",
    "-s",
    metavar="RULE",
    multiple=True,
    help="Only these rules: a code, the beginning of one, or a name; commas join, may be repeated.",
)
@click.option("--ignore", "-i", metavar="RULE", multiple=True, help="Not these rules; named as for --select.")
@click.option("--payer", "-p", help="Payer of the visits that name none.")
@click.option("--on", metavar="DATE", help="Judge as if this were the date of service of every visit.")
@click.option("--today", metavar="DATE", help="Judge as if this were today.")
@policy_folders
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report there, not to standard output.",
)
def command(
    paths: tuple[str, ...],
    output_format: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    payer: str | None,
    on: str | None,
    today: str | None,
    policy_folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Check visits for what is wrong or unsupported.

    PATH is a file of visit records (JSON: one object, a list, {"visits": [...]}, or one object a line), a folder of
    such files, or - for standard input.

    Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong call or unreadable input, 3 nothing was read.
    """
    from quarterhour.workflows.check import Wish, check_paths

    report = check_paths(
        paths,
        Wish(
            payer=payer,
            on=on,
            today=today,
            select=_words(select),
            ignore=_words(ignore),
            policy_folders=policy_folders,
        ),
    )
    _report(report, output_format, output)
    _messages(report)
    raise click.exceptions.Exit(exit_code(report, fail_on))


def exit_code(report: dict[str, Any], fail_on: str) -> int:
    """What the report comes to: unreadable input outweighs all, since what was not read was not checked."""
    if report["summary"]["errors"]:
        return _UNREADABLE
    if not report["summary"]["visits"]:
        return _NOTHING
    worst = max((_RANK[severity] for severity in report["summary"]["by_severity"]), default=-1)
    return _FOUND if worst >= _RANK[fail_on] else 0


def _report(report: dict[str, Any], output_format: str, output: Path | None) -> None:
    renderer = importlib.import_module(f"quarterhour.cli.report.{output_format}")
    try:
        if output_format == "text":
            write_lines(renderer.lines(report), output)
        else:
            write(renderer.text(report), output)
    except OSError as error:
        if output is None:
            raise
        msg = f"{output} cannot be written: {error.strerror or type(error).__name__}"
        raise click.BadParameter(msg, param_hint="--output") from None


def _messages(report: dict[str, Any]) -> None:
    """What could not be read, and what was left aside, on standard error in every format."""
    for error in report["errors"]:
        place = "".join(f":{error[key]}" for key in ("line", "column") if error[key])
        pointer = f" {error['pointer']}:" if error["pointer"] else ""
        message(f"{error['path']}{place}:{pointer} {error['message']}")
    if report["skipped"]:
        named = ", ".join(report["skipped"][:3]) + (", ..." if len(report["skipped"]) > 3 else "")
        message(f"left aside, not named as visit records (.json, .jsonl, .ndjson): {named}")
    if not report["summary"]["visits"] and not report["errors"]:
        message("nothing was read: there are no visit records in what was named")


def _words(given: tuple[str, ...]) -> list[str]:
    return [word for one in given for word in one.split(",") if word.strip()]
