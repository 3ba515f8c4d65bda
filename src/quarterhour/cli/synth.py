"""`quarterhour synth`: synthetic claims, and known defects with the truth of what must be found."""

from __future__ import annotations

from pathlib import Path

import click

from quarterhour.cli.options import SETTINGS, text_or_json
from quarterhour.cli.output import Line, write_json, write_lines
from quarterhour.domain.plural import counted


@click.command(context_settings=SETTINGS)
@click.option("--claims", "-n", type=click.IntRange(min=1), required=True, help="How many visits, one claim each.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The same seed, the same bytes.")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to: .parquet, .csv, .jsonl, .837 or .837i.",
)
@click.option(
    "--as",
    "form",
    type=click.Choice(["parquet", "csv", "jsonl", "837p", "837i", "claim-lines"]),
    help="The form.  [default: by the end of the name]",
)
@click.option(
    "--defects", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE", help="Share of visits or claims to spoil."
)
@click.option(
    "--truth",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the truth goes: visit or claim, line, rule, and what was done (CSV).",
)
@click.option("--notes", is_flag=True, help="Give every visit the text of a note.")
@click.option("--year", type=int, default=2025, show_default=True, help="Year of service.")
@text_or_json
def command(
    claims: int,
    seed: int,
    output: Path,
    form: str | None,
    defects: float,
    truth: Path | None,
    notes: bool,
    year: int,
    output_format: str,
) -> None:
    """Write synthetic visits or claims: drawn like Medicare's published ones, of nobody, with nothing wrong in them.

    With --defects a share of them is spoilt, each against one rule, and --truth says what must be found in which.
    """
    from quarterhour.cli.progress import shown
    from quarterhour.workflows.synth import synth

    with shown() as told:
        report = synth(
            output,
            claims=claims,
            seed=seed,
            form=form,
            defects=defects,
            truth=truth,
            year=year,
            notes=notes,
            told=told,
        )
    if output_format == "json":
        write_json(report)
        return
    spoilt = f", {report['defects']:,} of them spoilt; the truth is in {report['truth']}" if truth else ""
    lines: list[Line] = [
        [(f"{counted(report['lines'], 'line')} in {counted(report['visits'], 'visit')} in {report['out']}{spoilt}", "")]
    ]
    write_lines(lines)
