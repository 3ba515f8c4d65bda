"""`quarterhour price`: what services come to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, on, payer, policy_folders, text_or_json
from quarterhour.cli.output import Line, message, tell_unread, wrapped, write_json, write_lines

_NOT_PRICED: Final = 2
#: Options that stand in for what a visit record says.
_OF_CODES: Final = ("national", "on", "claim", "facility", "deductible_left")


@click.command(context_settings=SETTINGS)
@click.argument("services", metavar="CODE[:MODIFIER][xUNITS]...|PATH...", nargs=-1, required=True)
@click.option("--zip", "-z", "zip_code", help="ZIP code where the services were furnished.")
@click.option("--locality", "-l", metavar="CARRIER-LOCALITY", help="Payment locality, such as 04412-11.")
@click.option("--national", is_flag=True, help="The national amount, no place counted.")
@on
@click.option(
    "--claim",
    "-c",
    type=click.Choice(["professional", "institutional"]),
    default="professional",
    show_default=True,
    help="The form of the claim; of visits it follows from payer and setting.",
)
@click.option(
    "--qp", "qualifying", is_flag=True, help="By the factor of qualifying participants of an APM (from 2026)."
)
@click.option("--facility", is_flag=True, help="Furnished in a facility; therapy is paid at the office amount anyway.")
@click.option("--deductible-left", metavar="AMOUNT", default="0.00", show_default=True, help="Deductible still to pay.")
@click.option(
    "--fees",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A payer's own amounts (CSV: code,amount and if wanted modifier,from,to,units).",
)
@payer
@text_or_json
@policy_folders
def command(
    services: tuple[str, ...],
    zip_code: str | None,
    locality: str | None,
    national: bool,
    on: str | None,
    claim: str,
    qualifying: bool,
    facility: bool,
    deductible_left: str,
    fees: Path | None,
    payer: str | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
) -> None:
    """Show what services come to, unit by unit, and what Medicare and the patient pay of it.

    CODE[:MODIFIER][xUNITS] is a code with its units, such as 97530x2 or 97530:CQx2; all named are of one patient, one
    day and one billing provider. PATH is a file or folder of visit records, each patient's day priced as a whole.

    Exit codes: 0 priced, 2 wrong call, or an amount that is not held for the date.
    """
    from quarterhour.workflows.price import price, service_of

    asked = [service_of(text) for text in services]
    if all(asked):
        answer = price(
            [one for one in asked if one],
            zip=zip_code,
            locality=locality,
            national=national,
            on=on,
            claim=claim,
            qualifying=qualifying,
            facility=facility,
            deductible_left=deductible_left,
            fees=fees,
            policy_folders=policy_folders,
        )
        _write(answer, output_format, _lines(answer))
        return
    strange = [text for text, one in zip(services, asked, strict=True) if one is None and not Path(text).exists()]
    if strange or any(asked):
        named = repr(strange[0]) if strange else "codes and files together"
        msg = f"expected codes such as 97530x2 or 97530:CQx2, or files that there are, got {named}"
        raise click.BadParameter(msg, param_hint="CODE")
    _only_of_visits(click.get_current_context())
    from quarterhour.workflows.price_visits import price_paths

    answer = price_paths(
        services,
        zip=zip_code,
        locality=locality,
        payer=payer,
        qualifying=qualifying,
        fees=fees,
        policy_folders=policy_folders,
    )
    _write(answer, output_format, _day_lines(answer))
    tell_unread(answer["errors"])
    for one in answer["not_priced"]:
        message(f"{one['visit_id'] or 'a visit without id'}: not priced: {one['reason']}")
    if answer["not_priced"] or answer["errors"]:
        raise click.exceptions.Exit(_NOT_PRICED)


def _only_of_visits(ctx: click.Context) -> None:
    """Refuse what visits say themselves, rather than leave it out unsaid."""
    given = [name for name in _OF_CODES if ctx.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT]
    if given:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise click.UsageError(f"{options}: only for codes; visits are priced by what they say themselves")


def _write(answer: dict[str, Any], output_format: str, lines: Iterator[Line]) -> None:
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(lines)


def _day_lines(answer: dict[str, Any]) -> Iterator[Line]:
    for day in answer["days"]:
        visits = ", ".join(visit or "a visit without id" for visit in day["visits"])
        yield [(visits, "bold")]
        yield from _lines(day)
        yield []
    yield [(f"{answer['total_allowed']} allowed in all", "bold")]


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    place = f"{answer['carrier']}-{answer['locality']} {answer['locality_name']}" if answer["carrier"] else "national"
    by = f"{place}, conversion factor {answer['conversion_factor']}" if answer["conversion_factor"] else "own amounts"
    yield [(f"{answer['total_allowed']} allowed", "bold"), (f"  {answer['on']}, {by}", "dim")]
    for row in answer["lines"]:
        share = row.get("pe_factor", "1")
        yield [
            (f"  {row['code']}  unit {row['unit']:<3} {row['allowed']:>9}", ""),
            ("" if share == "1" else f"  practice expense × {share}", "dim"),
        ]
    for row in answer["not_priced"]:
        yield from wrapped(f"{row['code']}  {row['reason']}", " " * 9, first="  ", style="yellow")
    paid = answer["payment"]
    if paid:
        yield from _payment(paid)
    yield []
    for sentence in answer["explanation"]:
        yield from wrapped(sentence, "  ", first="- ")
    for note in answer["notes"]:
        yield from wrapped(note, "  ", first="* ", style="dim")


def _payment(paid: dict[str, Any]) -> Iterator[Line]:
    yield []
    rows = [
        ("deductible", paid["deductible"]),
        ("coinsurance", paid["coinsurance"]),
        ("assistant reduction", paid["assistant_reduction"]),
        ("sequestration", paid["sequestration"]),
    ]
    for name, amount in rows:
        if amount.strip("0."):
            yield [(f"  {name:<20}{amount:>9}", "dim")]
    yield [(f"  {'Medicare pays':<20}{paid['medicare']:>9}", "")]
    yield [(f"  {'the patient owes':<20}{paid['patient']:>9}", "")]
    yield [(f"  {'in all':<20}{paid['total']:>9}", "bold")]
