"""`quarterhour policy`: official files in, which tables answer, what changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, on, policy_folders, store, text_or_json
from quarterhour.cli.output import Line, message, wrapped, write_json, write_lines

#: So many conflicts or changes of one kind are shown as text; JSON has all.
_SHOWN: Final = 12
_AREAS: Final = {
    "pair": "pair edits",
    "code": "codes",
    "unlikely": "most units (MUE)",
    "amount": "relative values",
    "value": "values",
    "modifier": "modifiers",
    "payer": "payers",
    "local policy": "local policies",
    "diagnosis": "diagnoses",
}


@click.group(context_settings=SETTINGS)
def command() -> None:
    """Take in the files CMS publishes, see which tables answer, and what changes."""


@command.command(name="import", context_settings=SETTINGS, short_help="Take in official files, all or none.")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--effective", metavar="DATE", help="First day of the release, where neither file nor name says it.")
@click.option(
    "--claim",
    type=click.Choice(["professional", "institutional", "equipment"]),
    help="Whose claims, where neither file nor name says it.",
)
@click.option("--records", metavar="N", type=int, help="Number of records the publisher states; another is refused.")
@click.option("--allow-gaps", is_flag=True, help="Take a release though the one before it was not imported.")
@click.option("--allow-older", is_flag=True, help="Take an older pair table in the place of a newer.")
@store
@text_or_json
def import_files(
    paths: tuple[Path, ...],
    effective: str | None,
    claim: str | None,
    records: int | None,
    allow_gaps: bool,
    allow_older: bool,
    store: Path | None,
    output_format: str,
) -> None:
    """Import official files: zip archives as downloaded, text, comma-parted or workbooks, or folders of them.

    What a file is, its content says. All files of one call are taken together, or none. Give the parts of a pair table
    (f1, f2, ...) in one call.
    """
    from quarterhour.workflows.policy_import import Wish, policy_import

    wish = Wish(
        store=store,
        claim=claim,
        effective=effective,
        records=records,
        allow_gaps=allow_gaps,
        allow_older=allow_older,
    )
    answer = policy_import(paths, wish)
    if output_format == "json":
        write_json(answer)
    else:
        for note in answer["notes"]:
            message(note)
        write_lines(_import_lines(answer))


@command.command(name="list", context_settings=SETTINGS, short_help="Show which tables answer.")
@click.option("--conflicts", is_flag=True, help="Also what imported tables and built-in facts say differently.")
@click.option("--verify", is_flag=True, help="Read every file of every version again and name those that were changed.")
@click.option("--policy-version", "wanted", metavar="ID", help="Another version than the current; or built-in.")
@store
@text_or_json
def list_tables(conflicts: bool, verify: bool, wanted: str | None, store: Path | None, output_format: str) -> None:
    """Show which tables answer, built-in and imported, with their releases, dates and hashes."""
    from quarterhour.workflows.policy_list import policy_list

    answer = policy_list(store=store, wanted=wanted, with_conflicts=conflicts, verify=verify)
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_list_lines(answer))
    if answer.get("spoilt"):
        raise click.exceptions.Exit(1)


@command.command(name="use", context_settings=SETTINGS, short_help="Put an earlier version in force.")
@click.argument("version", metavar="ID")
@store
def use(version: str, store: Path | None) -> None:
    """Put a version in force that was imported before."""
    from quarterhour.workflows.policy_list import policy_use

    answer = policy_use(version, store=store)
    write_lines([[(f"version {answer['version']} is in force", "")]])


@command.command(name="diff", context_settings=SETTINGS, short_help="Show what changes between two days or versions.")
@click.argument("one", metavar="FROM")
@click.argument("other", metavar="TO")
@click.option("--code", "codes", metavar="CODE", multiple=True, help="A code you bill; may be repeated.")
@click.option(
    "--my-codes",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="File of the codes you bill, parted by blanks, commas or lines.",
)
@click.option("--every-code", is_flag=True, help="Pairs of all codes, not only of therapy codes.")
@on
@text_or_json
@policy_folders
def diff(
    one: str,
    other: str,
    codes: tuple[str, ...],
    my_codes: Path | None,
    every_code: bool,
    on: str | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
) -> None:
    """Show what changes between two days, or between two versions of the imported tables.

    FROM and TO are days (2026-10-01, today, next-quarter), or versions as `policy list` names them; `built-in` is the
    policy without any import, `current` the version in force.
    """
    from quarterhour.workflows.policy_diff import codes_in, policy_diff

    mine = codes_in(my_codes.read_text(encoding="utf-8")) if my_codes else []
    answer = policy_diff(one, other, codes=[*codes, *mine], every_code=every_code, on=on, policy_folders=policy_folders)
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_diff_lines(answer))


def _import_lines(answer: dict[str, Any]) -> Iterator[Line]:
    for one in answer["imported"]:
        yield from _edition_lines(one)
    for one in answer["left_aside"]:
        yield from wrapped(f"left aside: {one['file']}: {one['reason']}", "    ", first="  ", style="dim")
    yield from _conflict_lines(answer["conflicts"])
    state = "is in force" if answer["changed"] else "was in force already; nothing changed"
    yield [(f"version {answer['version']} {state}", "bold"), (f"  {answer['store']}", "dim")]


def _list_lines(answer: dict[str, Any]) -> Iterator[Line]:
    yield [("built-in", "bold")]
    for one in answer["built_in"]:
        replaced = "  (the imported table answers)" if one["replaced"] else ""
        release = f"release {one['release']}, " if one["release"] else ""
        yield [(f"  {one['table']:<18} {release}as of {one['as_of']}, {one['evidence']}{replaced}", "")]
    yield [("imported", "bold"), (f"  {answer['store']}", "dim")]
    for one in answer["imported"]:
        yield from _edition_lines(one)
    if not answer["imported"]:
        yield [("  nothing", "")]
    if answer["versions"]:
        yield [("versions", "bold")]
    for one in answer["versions"]:
        yield [(f"  {one['version']}{'  in force' if one['in_force'] else ''}", "")]
    if "conflicts" in answer:
        yield from _conflict_lines(answer["conflicts"])
        if not answer["conflicts"]:
            why = "" if answer["imported"] else ": nothing was imported"
            yield [(f"no conflicts with built-in facts{why}", "")]
    for file in answer.get("spoilt", ()):
        yield [(f"  changed since it was imported: {file}", "bold red")]
    if answer.get("spoilt") == []:
        yield [(_verified(answer["verified"]), "")]


def _verified(versions: list[str]) -> str:
    if not versions:
        return "nothing was imported, so there is nothing to verify"
    named = f"version {versions[0]}" if len(versions) == 1 else f"all {len(versions)} versions"
    return f"every imported file of {named} is as it was"


def _edition_lines(one: dict[str, Any]) -> Iterator[Line]:
    variant = f" ({one['variant']})" if one["variant"] else ""
    span = f"{one['from']} to {one['through'] or 'no end'}"
    yield [(f"  {one['table']}{variant}", "bold"), (f"  {one['title']}", "")]
    yield [(f"    release {one['release']}, {span}, {one['rows']:,} records, {one['hash']}", "")]
    for file in one["files"]:
        name = f"{file['file']}: {file['member']}" if file["member"] else file["file"]
        yield [(f"    {name}  {file['rows']:,} records  sha256 {file['sha256'][:16]}", "dim")]


def _conflict_lines(conflicts: list[dict[str, Any]]) -> Iterator[Line]:
    if not conflicts:
        return
    yield [(f"{len(conflicts)} conflicts with built-in facts; the import wins", "bold yellow")]
    for one in conflicts[:_SHOWN]:
        said = f"built-in: {one['built_in'] or 'nothing'}; imported: {one['imported'] or 'nothing'}"
        where = " ".join(filter(None, (one["table"], "/".join(one["codes"]))))
        yield from wrapped(f"{where}: {one['what']}. {said}", "    ", first="  ")
    if len(conflicts) > _SHOWN:
        yield [(f"  {len(conflicts) - _SHOWN} more: policy list --conflicts --format json", "dim")]


def _diff_lines(answer: dict[str, Any]) -> Iterator[Line]:
    one, other = answer["from"], answer["to"]
    named = one["version"] != other["version"]
    sides = [side["version"] if named else side["day"] for side in (one, other)]
    codes = f"  {' '.join(answer['codes'])}" if answer["codes"] else ""
    yield [(f"{sides[0]} to {sides[1]}", "bold"), (codes, "dim")]
    for area, title in _AREAS.items():
        changes = [change for change in answer["changes"] if change["area"] == area]
        if not changes:
            continue
        yield [(f"{title}: {len(changes)}", "bold")]
        for (source, evidence), group in itertools.groupby(changes, key=lambda one: (one["source"], one["evidence"])):
            for change in group:
                yield from wrapped(change["text"], "    ", first="  ")
            if source:
                yield from wrapped(f"({', '.join(filter(None, (source, evidence)))})", "    ", style="dim")
    if not answer["changes"]:
        yield [("no change is known", "")]
    if answer["not_known"]:
        yield [("not known", "bold")]
    for what in answer["not_known"]:
        yield from wrapped(what, "    ", first="  ", style="dim")
