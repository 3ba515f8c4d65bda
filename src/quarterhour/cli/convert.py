"""`quarterhour convert`: visits and claims from one format to another."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.files import check_free, written
from quarterhour.cli.options import SETTINGS, policy_folders, text_or_json
from quarterhour.cli.output import message, write_json, write_lines

#: The names of ``workflows.convert.OUT``, here so that help loads none of it; a test compares the two.
FORMS: Final = (
    "visits-json",
    "visits-jsonl",
    "visits-csv",
    "visits-parquet",
    "visits-fhir",
    "claims-json",
    "claims-csv",
    "claims-parquet",
    "claims-fhir",
    "benefits-fhir",
    "837p",
    "837i",
)
#: What is told line by line; more is counted.
_MOST: Final = 40


@click.command(context_settings=SETTINGS)
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("output", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "form", type=click.Choice(FORMS), help="The form of OUT.  [default: by its name]")
@click.option(
    "--clinic",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="YAML file of submitter, receiver, payers, billing provider and charges, where claims are made.",
)
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your own column names, where IN is a table.",
)
@click.option("--payer", "-p", help="Payer of the visits or claims that name none we know.")
@click.option("--overwrite", is_flag=True, help="Write over the file that is there.")
@policy_folders
@text_or_json
def command(
    source: Path,
    output: Path,
    form: str | None,
    clinic: Path | None,
    mapping: Path | None,
    payer: str | None,
    overwrite: bool,
    policy_folders: tuple[Path, ...],
    output_format: str,
) -> None:
    """Turn visits or claims into another format.

    IN is a file of visit records (JSON), a table of visits (CSV, Parquet), claims (JSON) or X12 claims (837P, 837I);
    a remittance (835) goes to benefits-fhir, an ExplanationOfBenefit for each of its claims.
    What OUT does not carry is told by name and number: OUT is read back and compared.

    Exit codes: 0 written, 2 wrong call or unreadable input.
    """
    from quarterhour.workflows.convert import OUT, convert

    check_free(output, "OUT", overwrite=overwrite)
    suffix = output.suffix.lower()
    form = form or next((name for name, ending in OUT.items() if ending and ending == suffix), None)
    if form is None:
        raise click.BadParameter(f"no form goes by the name of {output.name}; --to names one", param_hint="OUT")
    made = convert(source, form, clinic=clinic, mapping=mapping, payer=payer, policy_folders=policy_folders)
    with written(output, "OUT"):
        output.write_bytes(made.data)
    if output_format == "json":
        write_json(made.told)
    else:
        _tell(made.told, output)


def _tell(told: dict[str, Any], output: Path) -> None:
    from quarterhour.domain.plural import counted

    for why, number in told["left_out"].items():
        message(f"left out: {number} of {why}")
    lost = list(told["not_carried"].items())
    for path, number in lost[:_MOST]:
        message(f"not carried: {path} ({number})")
    if len(lost) > _MOST:
        message(f"not carried: {len(lost) - _MOST} more; --format json has all")
    for change in told["changes"]:
        message(f"{change['claim_id']}: {change['place']} changed, {change['reason']}")
    name = "visit" if "visits" in told else "claim"
    write_lines([[(f"{counted(told[f'{name}s'], name)}: {output}", "bold")]])
