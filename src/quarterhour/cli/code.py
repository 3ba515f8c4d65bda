"""`quarterhour code`: the reference card of a code, or two side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from quarterhour.cli.options import SETTINGS, on, policy_folders, text_or_json
from quarterhour.cli.output import Line, wrapped, write_json, write_lines


@click.command(context_settings=SETTINGS)
@click.argument("text", metavar="CODE")
@click.option("--with", "-w", "with_code", metavar="CODE", help="Set another beside it.")
@on
@text_or_json
@policy_folders
def command(
    text: str, with_code: str | None, on: str | None, output_format: str, policy_folders: tuple[Path, ...]
) -> None:
    """Show what a code is for and what it is not for, or set two side by side.

    Labels are in our own words; the official descriptors belong to the American Medical Association.
    """
    from quarterhour.workflows.code import code

    answer = code(text, with_code=with_code, on=on, policy_folders=policy_folders)
    if output_format == "json":
        write_json(answer)
    elif with_code is None:
        write_lines(_card_lines(answer, answer["on"]))
    else:
        write_lines(_side_by_side(answer))


def _card_lines(card: dict[str, Any], on: str) -> Iterator[Line]:
    yield [(f"{card['code']}  {card['label']}", "bold"), (f"  {on}", "dim")]
    yield [(f"  {_counted(card)}; contact {card['contact']}; {', '.join(card['disciplines'])}", "")]
    life = card["valid"]
    lives = {True: "a code on that date", False: "no code on that date", None: "its life is not known"}[life["on_date"]]
    span = f"{life['from'] or 'start not known'} to {life['to'] or 'no end known'}"
    yield [(f"  {lives} ({span}, {life['evidence'] or 'no evidence'})", "" if life["on_date"] else "yellow")]
    yield [(f"  Medicare therapy list: {card['designation'] or 'not known'}", "")]
    limits = [(claim, card["unlikely_units"][claim]) for claim in ("professional", "institutional")]
    said = [f"{limit['units']} on {claim} claims ({limit['counts']})" for claim, limit in limits if limit]
    if said:
        yield from wrapped(
            f"Most units: {'; '.join(said)}; as of {card['unlikely_units']['as_of']}", "    ", first="  "
        )
    yield from _list("for", card["for"], "green")
    yield from _list("not for", card["not_for"], "red")
    yield from _list("similar", [f"{one['code']}  {one['label'] or ''}" for one in card["similar"]], "")
    yield from _list("history", [f"{one['on']}  {one['what']} ({one['evidence']})" for one in card["history"]], "")
    if card["note"]:
        yield from wrapped(card["note"], "  ")
    for source in card["sources"]:
        yield from wrapped(f"Source: {source['title']} ({source['evidence']})", "  ", first="", style="dim")


def _side_by_side(answer: dict[str, Any]) -> Iterator[Line]:
    one, other = answer["codes"]
    yield [(f"{one['code']}  {one['label']}", "bold")]
    yield [(f"{other['code']}  {other['label']}", "bold")]
    yield []
    for row in answer["differences"]:
        said = ", ".join(f"{code} {_said(row[code])}" for code in (one["code"], other["code"]))
        yield [(f"  {row['what']}: {said}", "")]
    if not answer["differences"]:
        yield [("  counted alike: same kind, unit, contact and disciplines", "")]
    for card in (one, other):
        yield from _list(f"{card['code']} is for", card["for"], "green")
        yield from _list(f"{card['code']} is not for", card["not_for"], "red")
    yield [("together", "bold")]
    yield from wrapped(answer["same_minutes"], "  ")
    for claim, edit in answer["edits"].items():
        said = edit["reason"] if edit["edit"] is False else f"{claim} claims: {edit['reason']}"
        yield from wrapped(said, "    ", first="  ")
    for note in answer["edits"]["professional"]["payer_notes"]:
        yield from wrapped(f"{note['payer']}: {note['text']}", "    ", first="  ")


def _counted(card: dict[str, Any]) -> str:
    kind = str(card["kind"]).replace("-", " ")
    return f"{kind}, a unit of {card['unit_minutes']} minutes" if card["timed"] else f"{kind}, not counted by time"


def _list(title: str, rows: list[str], style: str) -> Iterator[Line]:
    if rows:
        yield [(title, f"bold {style}".strip())]
    for row in rows:
        yield from wrapped(row, "    ", first="  - ")


def _said(value: Any) -> str:
    if value is None:
        return "none"
    return " ".join(value) if isinstance(value, list) else str(value)
