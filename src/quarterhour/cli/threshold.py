"""`quarterhour threshold`: how near patients are to the KX thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

import click

from quarterhour.cli.options import SETTINGS, payer, policy_folders, text_or_json
from quarterhour.cli.output import Line, message, tell_unread, wrapped, write_json, write_lines

_NOT_PRICED: Final = 2
_NOTHING: Final = 3


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--zip", "-z", "zip_code", help="ZIP code of the visits that name none.")
@click.option("--locality", "-l", metavar="CARRIER-LOCALITY", help="Payment locality of the visits without a ZIP code.")
@payer
@click.option(
    "--fees",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Allowed amounts of your own (CSV: code,amount and if wanted modifier,from,to,units).",
)
@click.option(
    "--order",
    type=click.Choice(["date", "receipt"]),
    default="date",
    show_default=True,
    help="By date of service, or as the records stand: payers count claims as they receive them.",
)
@click.option(
    "--balance",
    metavar="BUCKET=AMOUNT",
    multiple=True,
    help="What the contractor reports as accrued, such as PT+SLP=1200.00 or OT=0.00; may be repeated.",
)
@click.option("--balance-on", metavar="DATE", help="Visits up to this day are part of the balance.")
@text_or_json
@policy_folders
def command(
    paths: tuple[str, ...],
    zip_code: str | None,
    locality: str | None,
    payer: str | None,
    fees: Path | None,
    order: Literal["date", "receipt"],
    balance: tuple[str, ...],
    balance_on: str | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
) -> None:
    """Show what has accrued toward the KX thresholds: each patient and year, PT with SLP, and OT.

    PATH is a file of visit records, a folder of such files, or - for standard input. Amounts are those allowed, after
    the multiple procedure reduction. KX is never added: shown is from which visit on a person has to decide about it.

    Exit codes: 0 told, 2 wrong call, unreadable input, or visits whose amounts are not held, 3 nothing was read.
    """
    from quarterhour.workflows.threshold import threshold_paths

    answer = threshold_paths(
        paths,
        zip=zip_code,
        locality=locality,
        payer=payer,
        fees=fees,
        order=order,
        balance=dict(_balance(text) for text in balance),
        balance_on=balance_on,
        policy_folders=policy_folders,
    )
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines(answer))
    tell_unread(answer["errors"])
    for one in answer["not_counted"]:
        message(f"{one['visit_id'] or 'a visit without id'} of {one['on']}: not counted: {one['reason']}")
    raise click.exceptions.Exit(exit_code(answer))


def exit_code(answer: dict[str, Any]) -> int:
    """What the answer comes to: an accrual without some of its amounts is none to rely on."""
    if answer["errors"] or not all(one["complete"] for one in answer["accounts"]):
        return _NOT_PRICED
    if not answer["accounts"]:
        return _NOT_PRICED if answer["not_counted"] else _NOTHING
    return 0


def _balance(text: str) -> tuple[str, str]:
    bucket, equals, amount = text.partition("=")
    if not equals:
        msg = f"expected BUCKET=AMOUNT such as PT+SLP=1200.00, got {text!r}"
        raise click.BadParameter(msg, param_hint="--balance")
    return bucket.strip().upper(), amount.strip()


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    for account in answer["accounts"]:
        yield [
            (f"{account['patient_id'] or 'a patient without id'}  {account['bucket']} {account['year']}", "bold"),
            (f"  threshold {account['threshold']}, review from {account['review_threshold']}", "dim"),
        ]
        if account["start"] != "0.00":
            yield [(f"  balance reported {account['start']:>32}", "")]
        for row in account["visits"]:
            style = {"below": "", "in the balance": "dim"}.get(row["standing"], "yellow")
            named = f"{row['on']}  {row['visit_id'] or '':<14}{row['discipline']:<4}"
            yield [(f"  {named}{row['allowed']:>9}  {row['after'] or '':>9}  {row['standing']}", style)]
        if not account["complete"] and account["visits"]:
            yield from wrapped("visits whose amounts are not held are missing, so more has accrued", "  ", style="red")
        for sentence in account["explanation"]:
            yield from wrapped(sentence, "  ", first="- ")
        yield []
