"""`quarterhour claim`: the claim a payer takes, out of visits."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.files import check_free, written
from quarterhour.cli.options import SETTINGS, payer, policy_folders, text_or_json, today
from quarterhour.cli.output import message, write_json, write_lines

#: The names of ``workflows.claim_formats.FORMATS``, here so that help loads none of them; a test compares the two.
FORMS: Final = ("837p", "837i", "cms1500", "ub04", "fhir")
_REFUSED: Final = 1


@click.command(context_settings=SETTINGS)
@click.argument("visits", metavar="VISIT...", nargs=-1, required=True)
@click.option("--as", "form", type=click.Choice(FORMS), required=True, help="The form of the claim.")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the claim is written; a file that is there is not written over without --overwrite.",
)
@click.option(
    "--clinic",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="YAML file of submitter, receiver, payers, billing provider and charges.",
)
@click.option(
    "--per",
    type=click.Choice(["period", "day"]),
    default="period",
    show_default=True,
    help="One claim for a patient's visits together, or one for each day.",
)
@click.option("--despite", is_flag=True, help="Write the claim although there are findings of level error.")
@click.option("--overwrite", is_flag=True, help="Write over the file that is there.")
@click.option(
    "--control-number", type=click.IntRange(1, 999_999_999), default=1, help="Of the interchange.  [default: 1]"
)
@payer
@today
@policy_folders
@text_or_json
def command(
    visits: tuple[str, ...],
    form: str,
    output: Path,
    clinic: Path | None,
    per: str,
    despite: bool,
    overwrite: bool,
    control_number: int,
    payer: str | None,
    today: str | None,
    policy_folders: tuple[Path, ...],
    output_format: str,
) -> None:
    """Make the claims of visits.

    VISIT is a file of visit records (JSON), a folder of such files, or - for standard input. The visits are checked
    first, and the claims as the form has them; where there are findings of level error nothing is written unless
    --despite is given. Warnings are told, and do not stop it.

    Exit codes: 0 written, 1 refused because of findings, 2 wrong call or something is missing.
    """
    from quarterhour.workflows.check import Wish
    from quarterhour.workflows.make_claim import make_claims

    check_free(output, "--output", overwrite=overwrite)
    made = make_claims(
        visits,
        form,
        Wish(payer=payer, today=today, policy_folders=policy_folders),
        clinic=clinic,
        per="day" if per == "day" else "period",
        despite=despite,
        control_number=control_number,
    )
    if made.data is not None:
        with written(output, "--output"):
            output.write_bytes(made.data)
    if output_format == "json":
        write_json(made.told)
    else:
        _tell(made.told, output)
    raise click.exceptions.Exit(0 if made.data is not None else _REFUSED)


def _tell(told: dict[str, Any], output: Path) -> None:
    from quarterhour.domain.plural import counted

    lines = [
        [("  ".join((one["claim_id"], one["payer"], f"{one['from']} to {one['to']}", one["charge"])), "")]
        for one in told["claims"]
    ]
    for finding in told["findings"]:
        about = finding["visit_id"] or finding["claim_id"] or ""
        message(f"{about}: {finding['severity']} {finding['rule']}: {finding['message']}")
    for one in told["other_form"]:
        message(
            f"{one['claim_id']}: warning: under the terms of {one['payer']} visits in {one['setting']} go on "
            f"{_with_article(one['claim_type'])} claim, and this is {_with_article(one['written'])} one "
            f"({one['source']})"
        )
    for change in told["changes"]:
        message(f"{change['claim_id']}: {change['place']} changed, {change['reason']}: the text was cut or cleaned")
    if told["written"]:
        lines.append([(f"{counted(len(told['claims']), 'claim')}, {told['charge']}: {output}", "bold")])
    else:
        message("not written: settle what is an error, or give --despite")
    write_lines(lines)


def _with_article(word: str) -> str:
    from quarterhour.domain.plural import article

    return f"{article(word)} {word}"
