"""Regular expressions of the reader, compiled when first asked: a command that reads no note pays for none, and a note
pays for those it needs.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final, cast

_METHODS: Final = ("findall", "finditer", "fullmatch", "match", "search", "sub")


class Pattern:
    """Stands for a compiled pattern and takes its methods over at the first call of one."""

    __slots__ = (*_METHODS, "flags", "is_compiled", "source")
    made: ClassVar[list[Pattern]] = []

    def __init__(self, source: str, flags: re.RegexFlag) -> None:
        self.source = source
        self.flags = flags
        self.is_compiled = False
        self.made.append(self)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        self.compile()
        return getattr(self, name)

    def compile(self) -> None:
        """Take over the methods of the compiled pattern."""
        compiled = re.compile(self.source, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        self.is_compiled = True


def folded(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    r"""A pattern to look for in the folded copy of a note, whose letters, digits and spaces are those of ASCII: word
    borders, ``\w`` and ``\d`` are then found by table, which takes half the time.
    """
    return cast("re.Pattern[str]", Pattern(source, flags | re.ASCII))


def written(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern to look for in the text as written, with letters of any script."""
    return cast("re.Pattern[str]", Pattern(source, flags))
