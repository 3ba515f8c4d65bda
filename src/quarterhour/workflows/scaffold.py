"""The two files a new rule begins with."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import quarterhour.rules
from quarterhour.policy.errors import UnknownName
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.asked import FORMAT
from quarterhour.workflows.errors import BadRequest

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_FAMILY: Final = re.compile(r"[a-z][a-z_]*")
_FIRST: Final = 101
#: Families of the plan of the house; one of them may not have a rule yet.
_FAMILIES: Final = frozenset({"documentation", "necessity", "payer"})

_RULE: Final = '''"""{sentence}."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, where
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Lines that have no units although they are billed."""
    line = facts.line
    hits = where(rows, line.billed[rows] & (line.units[rows] == 0))
    return Hits(hits, {{"minutes": line.minutes[hits]}})


RULE = Rule(
    code="{code}",
    name="{name}",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="other",
    over="line",
    needs=("minutes",),
    message="{minutes} minutes: say here what is wrong in this visit, with its numbers, under 140 characters",
    remedy=choice("Say here what a person may choose to do."),
    sources=("cms-cpm-5-20.2",),
    find=find,
)
'''

_PAGE: Final = """# {sentence}

## What it finds

One sentence of policy, as it can be broken.

## Why it matters

What happens to the claim, or to the clinic, if nobody notices.

## Examples

Say first where the example was published, or that no published one was found. The page is the test: replace these two
by a visit that breaks the rule and one that keeps it.

```visit
97530 24 min 2 units GP   # {code}
```

```visit
97530 24 min 2 units GP
```

## What to do

What a person can do about it.

## Where payers differ

Which payers ask for this, and since when.
"""


def scaffold(family: str, name: str, *, into: str | Path | None = None) -> dict[str, Any]:
    """Write ``<stem>.py`` and ``<stem>.md`` of a new rule with the next free code of its family.

    ``into`` is the folder that holds the families, the rules room itself if not given. Nothing is overwritten.

    Raises:
        BadRequest: for a name that is not words joined by hyphens, or is taken.
        UnknownName: for a family there is not.

    """
    if not _NAME.fullmatch(name):
        msg = f"expected a name of words joined by hyphens such as units-above-plan-limit, got {name!r}"
        raise BadRequest(msg)
    known = {entry.family for entry in catalogue()} | _FAMILIES
    if family not in known or not _FAMILY.fullmatch(family):
        raise UnknownName("family of rules", family, known)
    if any(entry.name == name for entry in catalogue()):
        msg = f"a rule is called {name!r} already; `quarterhour explain {name}` shows it"
        raise BadRequest(msg)
    room = Path(into) if into is not None else Path(quarterhour.rules.__file__).parent
    stem = name.removeprefix(f"{family.replace('_', '-')}-").replace("-", "_")
    rule, page = room / family / f"{stem}.py", room / family / f"{stem}.md"
    for path in (rule, page):
        if path.exists():
            msg = f"{path} is there already"
            raise BadRequest(msg)
    code = _next_code(family)
    sentence = name.replace("-", " ").capitalize()
    rule.parent.mkdir(parents=True, exist_ok=True)
    package = rule.parent / "__init__.py"
    written = [rule, page]
    if not package.exists():
        package.write_text(f'"""{family.replace("_", " ").capitalize()}."""\n', encoding="utf-8")
        written.append(package)
    filled = {"sentence": sentence, "code": code, "name": name}
    rule.write_text(_RULE.format(**filled, minutes="{minutes}"), encoding="utf-8")
    page.write_text(_PAGE.format(**filled), encoding="utf-8")
    return {"format": FORMAT, "rule": code, "name": name, "family": family, "files": [str(path) for path in written]}


def _next_code(family: str) -> str:
    """The code after the highest of the family; a gap is never filled, since a code is never reused."""
    codes = [entry.code for entry in catalogue() if entry.family == family]
    if not codes:
        return f"{family[:3].upper()}{_FIRST}"
    ((letters, _),) = Counter(code[:3] for code in codes).most_common(1)
    return f"{letters}{max(int(code[3:]) for code in codes if code.startswith(letters)) + 1}"
