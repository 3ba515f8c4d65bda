"""All rules, found by walking the families' folders: a rule is added by adding its two files."""

from __future__ import annotations

import functools
import importlib
import re
from pathlib import Path
from typing import Final

import msgspec

from quarterhour.domain.finding import Confidence, Kind, Persona, Severity
from quarterhour.rules.contract import Rule

_ROOM: Final = Path(__file__).parent
_CODE: Final = re.compile(r"[A-Z]{3}\d{3}")


class Entry(msgspec.Struct, frozen=True, eq=False):
    """A rule and where it lives. Rules of the same ``concern`` look at the same rows of the same table."""

    rule: Rule
    family: str
    page: Path
    concern: int

    @property
    def code(self) -> str:
        """The rule's code, such as UNT101."""
        return self.rule.code

    @property
    def name(self) -> str:
        """The rule's readable name."""
        return self.rule.name

    @property
    def severity(self) -> Severity:
        """Error: will be denied or must not be claimed; warning: at risk; info."""
        return self.rule.severity

    @property
    def confidence(self) -> Confidence:
        """How sure a finding of the rule is."""
        return self.rule.confidence

    @property
    def persona(self) -> Persona:
        """Who acts on it."""
        return self.rule.persona

    def is_for(self, persona: str) -> bool:
        """Whether that person acts on it or else has to see it."""
        return persona == self.rule.persona or persona in self.rule.also

    @property
    def kind(self) -> Kind:
        """The kind of finding."""
        return self.rule.kind

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of the sentence."""
        return self.rule.sources


@functools.cache
def catalogue() -> tuple[Entry, ...]:
    """Every rule, in the order of their codes.

    Raises:
        ValueError: for two rules of one code or name, or a code that is not three letters and three digits.

    """
    entries = []
    concerns: dict[tuple[object, ...], int] = {}
    for path in sorted(_ROOM.glob("*/*.py")):
        if path.stem.startswith("_"):
            continue
        module = importlib.import_module(f"quarterhour.rules.{path.parent.name}.{path.stem}")
        rule: Rule = module.RULE
        concern = concerns.setdefault((rule.over, rule.applies, rule.reads, rule.needs, rule.tables), len(concerns))
        entries.append(Entry(rule, path.parent.name, path.with_suffix(".md"), concern))
    entries.sort(key=lambda entry: entry.code)
    seen: set[str] = set()
    for entry in entries:
        if not _CODE.fullmatch(entry.code) or entry.code in seen or entry.name in seen:
            msg = f"{entry.page.with_suffix('.py')}: code {entry.code} or name {entry.name} is malformed or taken"
            raise ValueError(msg)
        seen |= {entry.code, entry.name}
    return tuple(entries)


def find(word: str) -> Entry | None:
    """The rule of that code or name, in any case; None if there is none."""
    wanted = word.strip().lower()
    return next((e for e in catalogue() if wanted in {e.code.lower(), e.name}), None)
