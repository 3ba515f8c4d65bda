"""A clinic's own columns: which of ours each one is, how its dates are written, and what its words mean.

A mapping is a YAML file::

    format: 1
    table: visits
    columns:
      DOS: {to: date_of_service, date: "%m/%d/%Y"}
      CPT: code
      Insurance: {to: payer, values: {MCR: medicare-b, BCBS: commercial}}
      Mods: {to: modifiers, split: ","}
      Mod2: modifiers
    constants: {setting: private-practice}
    ignore: [Front desk remarks]

A column with a name of ours needs no entry. Several columns may be parts of one list, in the order of the file. Nothing
is guessed: a word that ``values`` does not have is a defect.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import Any, Final

import msgspec

from quarterhour.interchange.tabular.columns import JOINED, MODIFIERS, TABLES, Column, Table
from quarterhour.interchange.tabular.errors import BadMapping
from quarterhour.interchange.visit_json.words import nearest

_KEYS: Final = ("format", "table", "columns", "constants", "ignore")
_RULES: Final = ("to", "date", "values", "split")


class Source(msgspec.Struct, frozen=True):
    """How one column of a file becomes one of ours."""

    column: Column
    date: str | None = None
    values: Dict[str, str] | None = None
    split: str | None = None


class Mapping(msgspec.Struct, frozen=True):
    """A mapping as it was read: sources by the file's own column names."""

    table: Table
    sources: Dict[str, Source] = {}
    constants: Dict[str, str] = {}
    ignore: frozenset[str] = frozenset()

    def source(self, name: str) -> Source | None:
        """How the column of that name is read; None if nothing is known of it."""
        own = self.sources.get(name)
        if own is not None:
            return own
        plain = name.strip().lower()
        column = self.table.by_name.get("modifiers" if plain in MODIFIERS else plain)
        return Source(column) if column is not None else None

    def parts(self, name: str) -> bool:
        """Whether the column of that name may be one of several that make up one of our lists."""
        source = self.source(name)
        said = name in self.sources or name.strip().lower() in MODIFIERS
        return source is not None and said and source.column.kind in JOINED


def read_mapping(text: str) -> Mapping:
    """Read the text of a mapping file.

    Raises:
        BadMapping: naming the entry, and the nearest known word.

    """
    import yaml

    try:
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise BadMapping("the mapping is not YAML", *where) from None
    if not isinstance(content, dict):
        raise BadMapping("expected a mapping with the keys table and columns")
    _only(content, _KEYS, "the mapping")
    if content.get("format", 1) != 1:
        raise BadMapping("format: this version reads format 1")
    table = TABLES.get(str(content.get("table", "visits")))
    if table is None:
        raise BadMapping(f"table: expected one of {', '.join(TABLES)}")
    sources = {str(name): _source(str(name), rule, table) for name, rule in _section(content, "columns").items()}
    constants = {}
    for name, value in _section(content, "constants").items():
        constants[_column(str(name), table, "constants").name] = str(value)
    ignored = content.get("ignore") or []
    if not isinstance(ignored, list):
        raise BadMapping("ignore: expected a list of columns")
    twice = [source.column.name for source in sources.values()] + list(constants)
    for name in twice:
        if twice.count(name) > 1 and (name in constants or table.by_name[name].kind not in JOINED):
            raise BadMapping(f"{name} is given twice; each of our columns has one origin, unless it is a list")
    return Mapping(table, sources, constants, frozenset(map(str, ignored)))


def _section(content: dict[str, Any], key: str) -> dict[Any, Any]:
    section = content.get(key) or {}
    if not isinstance(section, dict):
        raise BadMapping(f"{key}: expected names with what they are")
    return section


def _source(name: str, rule: object, table: Table) -> Source:
    if isinstance(rule, str):
        return Source(_column(rule, table, f"columns: {name}"))
    if not isinstance(rule, dict) or "to" not in rule:
        raise BadMapping(f"columns: {name}: expected a column of ours, or {{to: ...}}")
    _only(rule, _RULES, f"columns: {name}")
    column = _column(str(rule["to"]), table, f"columns: {name}")
    date, values, split = rule.get("date"), rule.get("values"), rule.get("split")
    if date is not None and (column.kind != "date" or not isinstance(date, str) or "%" not in date):
        raise BadMapping(f'columns: {name}: date is the form of a date such as "%m/%d/%Y", for a column of dates')
    if values is not None and not isinstance(values, dict):
        raise BadMapping(f"columns: {name}: values: expected your words with ours")
    if split is not None and column.kind not in JOINED | {"goals"}:
        raise BadMapping(f"columns: {name}: split is for a column that holds a list; {column.name} does not")
    words = None if values is None else {str(key): str(value) for key, value in values.items()}
    return Source(column, date, words, None if split is None else str(split))


def _column(name: str, table: Table, where: str) -> Column:
    column = table.by_name.get(name)
    if column is None:
        near = nearest(name, table.by_name)
        raise BadMapping(f"{where}: there is no column {name}" + (f"; did you mean {near}?" if near else ""))
    return column


def _only(given: dict[Any, Any], known: tuple[str, ...], where: str) -> None:
    for key in given:
        if key not in known:
            near = nearest(str(key), known)
            raise BadMapping(f"{where}: unknown key {key}" + (f"; did you mean {near}?" if near else ""))
