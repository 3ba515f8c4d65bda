"""Write the pages that are made from what exists: rules, the command's help, policy values, payers, sources, codes.

They go to docs/rules and docs/reference/generated, which git ignores: so a page can't say other than code and data.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from fhir_mapping import tables
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from quarterhour.interchange.cms1500 import layout as cms1500
from quarterhour.interchange.paper import Field
from quarterhour.interchange.tabular.columns import CLAIM_LINES, VISITS
from quarterhour.interchange.tabular.writing import FINDINGS
from quarterhour.interchange.ub04 import layout as ub04
from quarterhour.policy import forms
from quarterhour.policy.forms import FORMS
from quarterhour.rules.catalogue import Entry, catalogue

FENCE = re.compile(r"^`{3,}\s*([A-Za-z][\w-]*)", re.MULTILINE)
COMMAND = re.compile(r"^(?:│ |  )([a-z][a-z0-9-]*)(?=\s)")
COUNTED = {"min", "days", "months", "cents", "percent", "visits", "units"}  # what a value can be a number of
LINK_TO_PAGE = re.compile(r"\]\((?:[\w./-]*/)?(\w+)\.md(#[\w-]+)?\)")


def write_pages(docs: Path) -> list[str]:
    """Write all generated pages below `docs`; gives the fence languages of rule pages that Pygments does not know."""
    rules, reference = docs / "rules", docs / "reference" / "generated"
    for folder in (rules, reference):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    data = Path(str(files("quarterhour.policy") / "data"))
    sources = _sources(data)
    pages = _rule_pages()
    for path, text in pages.items():
        (rules / path).write_text(text, encoding="utf-8")
    reference_pages = {
        "cli.md": _commands(),
        "values.md": _values(data, sources),
        "codes.md": _codes(data),
        "denials.md": _denials(data, sources),
        "payers.md": _payers(data),
        "sources.md": _source_list(sources),
        "fhir.md": _fhir(),
        "tables.md": _imported_tables(),
        "columns.md": _columns(),
        "boxes.md": _boxes(),
    }
    for path, text in reference_pages.items():
        (reference / path).write_text(text, encoding="utf-8")
    return sorted({name for text in pages.values() for name in FENCE.findall(text) if not _known_lexer(name)})


def _rule_pages() -> dict[str, str]:
    """File name -> text: the page of each rule, named by its code, and an index by family."""
    rules = sorted(catalogue(), key=lambda rule: rule.code)
    code_of = {Path(str(rule.page)).stem: rule.code for rule in rules}

    def by_code(link: re.Match[str]) -> str:
        target = code_of.get(link[1], link[1])
        return f"]({target}.md{link[2] or ''})"

    pages = {}
    for rule in rules:
        title, _, rest = LINK_TO_PAGE.sub(by_code, rule.page.read_text(encoding="utf-8")).partition("\n")
        card = _table(("severity", "confidence", "for", "family"), [_card(rule)])
        pages[f"{rule.code}.md"] = f"{title}\n\n{card}\n{rest.lstrip()}"
    index = [
        "# Rules\n",
        "One rule is one sentence of policy. Its page says what it finds, why, and who says so; the examples on it are",
        "its tests. `quarterhour explain CODE` shows the same page.\n",
    ]
    for family in sorted({rule.family for rule in rules}):
        rows = [(f"[{r.code}]({r.code}.md)", f"`{r.name}`", r.severity) for r in rules if r.family == family]
        index += [f"## {_words(family)}\n", _table(("rule", "name", "severity"), rows)]
    index += ["```{toctree}\n:hidden:\n", *(rule.code for rule in rules), "```\n"]
    return pages | {"index.md": "\n".join(index)}


def _card(rule: Entry) -> tuple[str, str, str, str]:
    """What the head of a rule's page says of it."""
    return rule.severity, rule.confidence, ", ".join((rule.persona, *rule.rule.also)), _words(rule.family)


def _commands() -> str:
    """The help of the command and of each of its commands, as it is printed."""
    overview = _help()
    found = overview.partition("Commands")[2].splitlines()
    names = [match[1] for match in map(COMMAND.match, found) if match]
    page = ["# The command\n", "`qh` is short for `quarterhour`.\n", f"```text\n{overview}\n```\n"]
    for name in names:
        told = _help(name)
        page += [f"## quarterhour {name}\n", f"```text\n{told}\n```\n"]
        for part in re.findall(r"^  ([a-z]+)\s", told.partition("\nCommands:\n")[2], re.MULTILINE):
            page += [f"### quarterhour {name} {part}\n", f"```text\n{_help(name, part)}\n```\n"]
    return "\n".join(page)


def _imported_tables() -> str:
    """The tables an import keeps, with their columns and the NumPy kind of each."""
    page = ["# Imported tables\n", _paragraph(forms.__doc__ or "")]
    for name, form in FORMS.items():
        history = "One edition tells the whole history." if form.tells_history else "One edition a release."
        rows = [(f"`{column}`", f"`{kind}`") for column, kind in form.columns.items()]
        page += [f"## {name}\n", f"{form.title}. {history}\n", _table(("column", "kind"), rows)]
    return "\n".join(page)


def _paragraph(docstring: str) -> str:
    """A docstring without its first line, double backticks as single ones."""
    return docstring.partition("\n")[2].strip().replace("``", "`") + "\n"


def _help(*command: str) -> str:
    """What `quarterhour COMMAND --help` prints, 100 columns wide and without colour."""
    call = "import sys; from quarterhour.cli import main; sys.argv[0] = 'quarterhour'; main()"
    plain = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    here = {"PYTHONPATH": os.pathsep.join(sys.path)}  # the same package as this process has, installed or not
    spoken = [sys.executable, "-c", call, *command, "--help"]
    told = subprocess.run(spoken, capture_output=True, check=False, encoding="utf-8", env=os.environ | plain | here)
    if told.returncode:
        raise RuntimeError(f"quarterhour {' '.join(command)} --help failed:\n{told.stderr}")
    return "\n".join(line.rstrip() for line in told.stdout.strip("\n").splitlines())


def _values(data: Path, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """Every dated value of policy, with its source and grade of evidence."""
    page = [
        "# Policy values\n",
        "A value holds from its date until the next one. *As of* marks the last date it was published for; later dates",
        "are answered from it and say so. Money is in cents.\n",
    ]
    for path in sorted(data.rglob("*.yaml")):
        content = _read(path)
        for name, parameter in content.get("parameters", {}).items():
            unit = parameter.get("unit", "")
            rows = [
                (value.get("from", ""), _shown(value.get("value", "")), value.get("through", ""), value.get("to", ""),
                 _cited(value.get("source", ""), sources), value.get("evidence", ""))
                for value in parameter.get("values", [])
            ]  # fmt: skip
            where = f"{path.relative_to(data).with_suffix('').as_posix()}:{name}"
            page += [
                f"## {parameter.get('title', name)}\n",
                f"`{where}`" + (f" in {unit}" if unit in COUNTED else "") + "\n",
            ]
            page += [_table(("from", "value", "as of", "to", "source", "evidence"), rows)]
    return "\n".join(page)


def _codes(data: Path) -> str:
    """The procedure codes the policy data knows, by group, with our own labels."""
    page = ["# Codes\n", "Labels are our own words; `quarterhour code CODE` shows the whole card.\n"]
    for path in sorted((data / "codes").glob("*.yaml")):
        content = _read(path)
        rows = [
            (code, entry.get("label", ""), entry.get("kind", ""), ", ".join(entry.get("disciplines") or ()))
            for code, entry in content.get("codes", {}).items()
        ]
        page += [f"## {content.get('group', path.stem)}\n", _table(("code", "label", "kind", "disciplines"), rows)]
    return "\n".join(page)


def _denials(data: Path, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """The codes of payers' answers in our own words, and which of our rules catch what they name."""
    page = [
        "# Codes of answers\n",
        "Numbers and our own words only. Causes are from memory; meaning and step carry source and grade.\n",
        "## Reason codes\n",
    ]
    reasons = _read(data / "denials/reasons.yaml")["reasons"]
    rows = []
    for code, entry in reasons.items():
        for number, exception in enumerate([{}, *entry.get("where", ())]):
            told = entry | exception
            whose = "; ".join(
                f"{name[:-1]} {', '.join(exception[name])}"
                for name in ("groups", "remarks", "payers")
                if name in exception
            )
            rows.append(
                (code if not number else f"{code}, {whose}", told["standing"], told["meaning"], told.get("next", ""),
                 " ".join(told.get("rules", ())), _cited(told["source"], sources), told["evidence"])
            )  # fmt: skip
    page += [_table(("code", "standing", "means", "next", "our rules", "source", "evidence"), rows)]
    for title, file, key in (
        ("Remark codes", "remarks", "remarks"),
        ("Categories of a 277CA", "statuses", "categories"),
        ("Status codes of a 277CA", "statuses", "statuses"),
        ("Verdicts of a 999, 997 or TA1", "statuses", "verdicts"),
    ):
        entries = _read(data / f"denials/{file}.yaml")[key]
        rows = [
            (code, row["meaning"], ", ".join(row.get("says", ())), " ".join(row.get("rules", ())),
             _cited(row["source"], sources), row["evidence"])
            for code, row in entries.items()
        ]  # fmt: skip
        page += [f"## {title}\n", _table(("code", "means", "says", "our rules", "source", "evidence"), rows)]
    return "\n".join(page)


def _payers(data: Path) -> str:
    """Each payer's own terms, latest value first; what it does not say it inherits."""
    page = [
        "# Payers and their terms\n",
        "A payer inherits another and names its exceptions. Only what a payer says itself stands under it.\n",
    ]
    for path in sorted((data / "payers").glob("*.yaml")):
        payer = _read(path)
        inherits = payer.get("inherits")
        page += [f"## {payer.get('title', path.stem)}\n"]
        page += [f"`{payer.get('id', path.stem)}`" + (f", inherits `{inherits}`" if inherits else "") + "\n"]
        rows = [("any", *row) for row in _terms(payer.get("terms"))]
        for setting, exception in (payer.get("settings") or {}).items():
            rows += [(setting, *row) for row in _terms(exception.get("terms"))]
        if rows:
            page += [_table(("setting", "term", "value", "from", "evidence"), rows)]
    return "\n".join(page)


def _terms(terms: Mapping[str, Any] | None) -> Iterable[tuple[str, str, object, str]]:
    """Term, value, first date and evidence of each value, the latest first."""
    for term, entry in (terms or {}).items():
        for value in reversed(entry.get("values", [])):
            yield f"`{term}`", _shown(value["value"]), value.get("from", ""), value.get("evidence", "")


def _fhir() -> str:
    """Which FHIR element holds which member of a visit or claim."""
    page = [
        "# FHIR elements\n",
        "Where each member of a [visit record](../visit-record.md) and of a claim stands in the FHIR that is written,",
        "and from where it is read again. Names in brackets after `extension` are ours, short for `urn:quarterhour:`",
        "and the name.\n",
    ]
    for title, rows in tables():
        page += [f"## {title}\n", _table(("member", "elements"), rows)]
    return "\n".join(page)


def _source_list(sources: Mapping[str, Mapping[str, Any]]) -> str:
    """Every source a value may cite, each with an anchor the other pages point at."""
    page = ["# Sources\n", "The publications that policy values and rules cite, and the day each was last read.\n"]
    for name, source in sorted(sources.items()):
        href = source.get("href")
        page += [
            f"({_anchor(name)})=\n## {name}\n",
            f"{source.get('title', '')}. {source.get('publisher', '')}."
            + (f" Published {source['published']}." if source.get("published") else "")
            + (f" Read {source['retrieved']}." if source.get("retrieved") else "")
            + (f" <{href}>" if href else "")
            + "\n",
        ]
    return "\n".join(page)


def _columns() -> str:
    """The columns of every kind of table, in the order in which they are written."""
    page = [
        "# Columns of tables\n",
        "What a [table](../tables.md) may hold. Columns of a visit or claim are repeated on its rows.\n",
    ]
    for table in (VISITS, CLAIM_LINES):
        rows = [
            (f"`{one.name}`", f"row of a {table.word}" if one.of_row else table.word, one.kind, one.what)
            for one in table.columns
        ]
        page += [f"## {table.name}\n", _table(("column", "of the", "holds", "what"), rows)]
    page += ["## findings\n", _table(("column", "holds", "what"), [(f"`{c.name}`", c.kind, c.what) for c in FINDINGS])]
    return "\n".join(page)


def _boxes() -> str:
    """The boxes of the paper forms and where they are printed."""
    page = [
        "# Boxes of the paper forms\n",
        "Lines are a sixth of an inch from the upper edge of the sheet, columns a tenth of an inch from the left edge",
        "given for each form. The numbers are the forms'; the words are ours.\n",
    ]
    for name, fields, left in ((cms1500.FORM, cms1500.FIELDS, cms1500.LEFT), (ub04.FORM, ub04.FIELDS, ub04.LEFT)):
        rows = [(f"`{f.box}`", f.what, f.line, _at(f), f.most) for f in fields.values()]
        page += [f"## {name}\n", f"Column 1 begins {left} inch from the left edge.\n"]
        page += [_table(("box", "what", "line", "column", "characters"), rows)]
    return "\n".join(page)


def _at(field: Field) -> str:
    """The column a box begins at, or those of its marks."""
    return ", ".join(f"{column} {word}" for word, column in field.choices) or str(field.column)


def _sources(data: Path) -> dict[str, Mapping[str, Any]]:
    """Source id -> entry, of all files of sources."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted((data / "sources").glob("*.yaml")):
        found |= _read(path)
    return found


def _read(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content if isinstance(content, dict) else {}


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in rows:
        cells = [str(cell).replace("|", "\\|").replace("\n", " ") for cell in row]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    if value is None:
        return "named by the contract"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _cited(source: str, sources: Mapping[str, object]) -> str:
    return f"[{source}](#{_anchor(source)})" if source in sources else source


def _anchor(source: str) -> str:
    return "source-" + re.sub(r"[^a-z0-9]+", "-", source.lower())


def _words(family: str) -> str:
    """A family's folder name as a heading; abbreviations keep their capitals."""
    return family.upper() if family in {"ncci", "mue"} else family.replace("_", " ").capitalize()


def _known_lexer(name: str) -> bool:
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        return False
    return True
