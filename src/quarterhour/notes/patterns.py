"""Regular expressions of the reader, compiled when first asked: a command that reads no note pays for none, and a note
pays for those it needs. A process that reads many notes has them laid out for speed, which costs some tenths of a
second once.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final, cast

_METHODS: Final = ("findall", "finditer", "fullmatch", "match", "search", "sub")
#: From so many notes on the layout is worth its time.
_MANY: Final = 500


class Pattern:
    """Stands for a compiled pattern and takes its methods over at the first call of one."""

    __slots__ = (*_METHODS, "flags", "is_compiled", "source")
    made: ClassVar[list[Pattern]] = []
    notes: ClassVar[int] = 0
    laid_out: ClassVar[bool] = False

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
        source = self.source
        if self.laid_out and not self.flags & re.IGNORECASE:
            from quarterhour.notes.layout import laid_out

            source = laid_out(source)
        compiled = re.compile(source, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        self.is_compiled = True

    @classmethod
    def lay_out(cls) -> None:
        """Compile anew what was compiled, and everything later, with its alternations laid out."""
        cls.laid_out = True
        for pattern in cls.made:
            if pattern.is_compiled:
                pattern.compile()


def used_for(notes: int) -> None:
    """Count the notes this process reads; when they are many, the patterns are laid out for speed."""
    Pattern.notes += notes
    if Pattern.notes > _MANY and not Pattern.laid_out:
        Pattern.lay_out()


def folded(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    r"""A pattern to look for in the folded copy of a note, whose letters, digits and spaces are those of ASCII: word
    borders, ``\w`` and ``\d`` are then found by table, which takes half the time.
    """
    return cast("re.Pattern[str]", Pattern(source, flags | re.ASCII))


def written(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern to look for in the text as written, with letters of any script."""
    return cast("re.Pattern[str]", Pattern(source, flags))
