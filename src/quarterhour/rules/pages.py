"""A rule's page: text for people, and examples that are the rule's tests.

An example is a fence marked ``visit`` or ``claim``; ``rules.examples`` says how it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quarterhour.rules.examples import Example, read_example

_FENCE: Final = re.compile(r"^```(visit|claim)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page. ``sections`` are the texts below the headings of level two."""

    title: str
    text: str
    sections: dict[str, str]
    examples: tuple[Example, ...]


def read_page(path: Path) -> Page:
    """Read a page.

    Raises:
        ValueError: for an example that cannot be read, naming page and line.

    """
    text = path.read_text(encoding="utf-8")
    title, _, _ = text.removeprefix("# ").partition("\n")
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    sections = {heading.strip(): body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)}
    examples = []
    for fence in _FENCE.finditer(text):
        line = text.count("\n", 0, fence.start()) + 1
        try:
            examples.append(read_example(fence[2], line, of_claims=fence[1] == "claim"))
        except ValueError as error:
            msg = f"{path}:{line}: {error}"
            raise ValueError(msg) from error
    return Page(title.strip(), text, sections, tuple(examples))
