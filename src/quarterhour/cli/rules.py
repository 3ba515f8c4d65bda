"""`quarterhour rules`: the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, on, policy_folders, text_or_json
from quarterhour.cli.output import Line, write_json, write_lines

_STYLES: Final = {"error": "red", "warning": "yellow", "info": "blue"}


@click.command(context_settings=SETTINGS)
@click.option("--payer", "-p", help="Rules that concern this payer.")
@click.option(
    "--persona", type=click.Choice(["therapist", "biller", "auditor"]), help="Rules that are this person's work."
)
@click.option("--family", help="Rules of one family, such as units or ncci.")
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Rules of one severity.")
@click.option("--about", metavar="WORDS", help="Rules with all of these words in code, name, message or remedy.")
@on
@text_or_json
@policy_folders
def command(
    payer: str | None,
    persona: str | None,
    family: str | None,
    severity: str | None,
    about: str | None,
    on: str | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
) -> None:
    """List the rules: without options all; each option narrows the list."""
    from quarterhour.workflows.rule_list import rule_list

    answer = rule_list(
        payer=payer,
        on=on,
        persona=persona,
        family=family,
        severity=severity,
        about=about,
        policy_folders=policy_folders,
    )
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines(answer))


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    family = None
    for rule in answer["rules"]:
        if rule["family"] != family:
            family = rule["family"]
            yield [(family.replace("_", " "), "bold")]
        yield [
            (f"  {rule['rule']}  ", ""),
            (f"{rule['severity']:<7}  ", _STYLES[rule["severity"]]),
            (f"{rule['persona']:<9}  ", "dim"),
            (rule["name"], ""),
        ]
    number = len(answer["rules"])
    if not number:
        yield [("no rule has all of that; ask for less", "dim")]
        return
    yield [(f"{number or 'no'} {'rule' if number == 1 else 'rules'}", "dim")]
