"""`quarterhour explain`: a rule's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, on, policy_folders, text_or_json
from quarterhour.cli.output import Line, wrapped, write_json, write_lines

#: What stands behind a number of a unit. What is counted otherwise has its unit in the title.
_UNITS: Final = {"percent": " %", "min": " min", "days": " days", "visits": " visits"}
_DAYS: Final = {"published": "published", "retrieved": "read"}


@click.command(context_settings=SETTINGS)
@click.argument("rule", metavar="RULE")
@on
@text_or_json
@policy_folders
def command(rule: str, on: str | None, output_format: str, policy_folders: tuple[Path, ...]) -> None:
    """Show what a rule says, who says so, and what can be done.

    RULE is a code or a name, such as UNT101.
    """
    from quarterhour.workflows.explain import explain

    answer = explain(rule, on=on, policy_folders=policy_folders)
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines(answer))


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    yield [(f"{answer['rule']}  {answer['title']}", "bold"), (f"  {answer['name']}", "dim")]
    people = " and the ".join([answer["persona"], *answer["also_for"]])
    yield [(f"  {answer['severity']}, {answer['confidence']} confidence, for the {people}", "")]
    if answer["applies"]:
        yield [(f"  where the payer's term {answer['applies']} holds", "")]
    inside = False
    yield []
    for heading, body in answer["sections"].items():
        yield [(heading, "bold")]
        for paragraph in body.split("\n\n"):
            rows = paragraph.split("\n")
            # A fence or a list keeps its lines; prose is filled to the width at hand.
            if inside or "```" in paragraph or rows[0].startswith(("-", "|", "    ")):
                yield from ([(f"  {row}", "cyan" if inside or "```" in paragraph else "")] for row in rows)
                inside ^= paragraph.count("```") % 2 == 1
            else:
                yield from wrapped(" ".join(rows), "  ")
            yield []
    if answer["values"]:
        yield [(f"On {answer['on']}", "bold")]
    else:
        yield [("It reads no dated value of its own.", "dim")]
    for value in answer["values"]:
        if not value["known"]:
            yield from wrapped(f"{value['title']}: not known before {value['known_from']}", "    ", first="  ")
            continue
        as_of = f", as of {value['as_of']}" if value["as_of"] else ""
        dated = f"from {value['from']}{as_of}, {value['evidence']}"
        yield from wrapped(f"{value['title']}: {_said(value['value'], value['unit'])} ({dated})", "    ", first="  ")
    for source in answer["sources"]:
        days = [f"{how} {source[key]}" for key, how in _DAYS.items() if source[key]]
        yield from wrapped(", ".join([f"Source: {source['title']}", *days]), "  ", first="", style="dim")
        if source["href"]:
            # A link is not parted, or it could not be followed.
            yield [(f"  {source['href']}", "dim")]


def _said(value: Any, unit: str) -> str:
    """A value with its unit, as people write it; an amount is kept in cents."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    if unit == "cents":
        whole, cents = divmod(value, 100)
        return f"${whole:,}.{cents:02}"
    return f"{value}{_UNITS.get(unit, '')}"
