"""`quarterhour units`: from minutes to units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, on, policy_folders, text_or_json
from quarterhour.cli.output import Line, wrapped, write_json, write_lines

_FORM: Final = re.compile(r"([^=]+)=\s*+(\d++)\s*+(?:/\s*+(\d++)\s*+)?")
#: More alternatives than these are counted in text; JSON has them.
_SHOWN: Final = 6


@click.command(context_settings=SETTINGS)
@click.argument("services", metavar="CODE=MIN[/ASSISTANT]...", nargs=-1, required=True)
@click.option(
    "--method",
    "-m",
    type=click.Choice(["cms", "ama", "spm"]),
    help="How to count: cms by the total, ama and spm each code by itself.  [default: the payer's]",
)
@click.option(
    "--discipline",
    "-d",
    type=click.Choice(["PT", "OT", "SLP"], case_sensitive=False),
    metavar="[PT|OT|SLP]",
    help="Whose plan of care.  [default: the codes' own, else PT]",
)
@click.option("--payer", "-p", help="Whose terms hold.  [default: medicare-b]")
@click.option("--setting", help="Setting, where the payer's terms depend on it.")
@on
@text_or_json
@policy_folders
def command(
    services: tuple[str, ...],
    method: str | None,
    discipline: str | None,
    payer: str | None,
    setting: str | None,
    on: str | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
) -> None:
    """Show how many units the minutes support, of which code, and why.

    CODE=MIN is a code and its minutes, such as 97530=24; those after a slash were furnished by an assistant alone, such
    as 97110=30/15. The minutes of a code that stands twice are added.
    """
    from quarterhour.workflows.units import units

    answer = units(
        [_service(text) for text in services],
        method=method,
        discipline=discipline,
        on=on,
        payer=payer,
        setting=setting,
        policy_folders=policy_folders,
    )
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines(answer))


def _service(text: str) -> tuple[str, int, int]:
    match = _FORM.fullmatch(text)
    if match is None:
        msg = f"expected CODE=MINUTES such as 97530=24, or 97530=24/8 with assistant minutes, got {text!r}"
        raise click.BadParameter(msg, param_hint="CODE=MIN")
    return match[1].strip(), int(match[2]), int(match[3] or 0)


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    total = answer["total_units"]
    yield [
        (f"{total or 'no'} {'unit' if total == 1 else 'units'}", "bold"),
        (f"  {answer['payer'] or answer['method']}, {answer['discipline']}, {answer['on']}", "dim"),
    ]
    yield from _billed(answer["lines"], "  ")
    labels = {service["code"]: service["label"] for service in answer["services"]}
    for one in answer["not_billed"]:
        yield from wrapped(f"{one['code']}  not billed: {one['reason']}", " " * 9, first="  ", style="yellow")
    for nth, way in enumerate(answer["alternatives"][:_SHOWN]):
        yield [("or" if nth else "just as good:", "bold")]
        yield from _billed(way, "  ")
    if len(answer["alternatives"]) > _SHOWN:
        yield [(f"and {len(answer['alternatives']) - _SHOWN} more, all in --format json", "")]
    yield []
    for sentence in answer["explanation"]:
        yield from wrapped(sentence, "  ", first="- ")
    yield []
    for code, label in labels.items():
        yield [(f"{code}  ", ""), (label, "dim")]
    for title in dict.fromkeys(source["title"] for source in answer["sources"]):
        yield from wrapped(f"Source: {title}", "  ", first="", style="dim")


def _billed(lines: list[dict[str, Any]], indent: str) -> Iterator[Line]:
    for line in lines:
        units = f"{line['units']} {'unit' if line['units'] == 1 else 'units'}"
        yield [(f"{indent}{line['code']}  {units:<8}  {' '.join(line['modifiers'])}", "")]
