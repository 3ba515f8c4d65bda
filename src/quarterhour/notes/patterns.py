"""Regular expressions of the reader, compiled when first asked: a command that reads no note pays for none, and a note
pays for those it needs. A process that reads many notes has them laid out for speed, which costs some tenths of a second
once.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final, cast

_METHODS: Final = ("findall", "finditer", "fullmatch", "match", "search", "sub")
#: From so many notes on the layout is worth its time.
_MANY: Final = 500


class _Pattern:
    """Stands for a compiled pattern and takes its methods over at the first call of one."""

    __slots__ = (*_METHODS, "_flags", "_is_compiled", "_source")
    made: ClassVar[list[_Pattern]] = []
    notes: ClassVar[int] = 0
    laid_out: ClassVar[bool] = False

    def __init__(self, source: str, flags: re.RegexFlag) -> None:
        self._source = source
        self._flags = flags
        self._is_compiled = False
        self.made.append(self)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        self._compile()
        return getattr(self, name)

    def _compile(self) -> None:
        source = self._source
        if self.laid_out and not self._flags & re.IGNORECASE:
            from quarterhour.notes.layout import laid_out

            source = laid_out(source)
        compiled = re.compile(source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        self._is_compiled = True

    @classmethod
    def lay_out(cls) -> None:
        """Compile anew what was compiled, and everything later, with its alternations laid out."""
        cls.laid_out = True
        for pattern in cls.made:
            if pattern._is_compiled:
                pattern._compile()


def used_for(notes: int) -> None:
    """Count the notes this process reads; when they are many, the patterns are laid out for speed."""
    _Pattern.notes += notes
    if _Pattern.notes > _MANY and not _Pattern.laid_out:
        _Pattern.lay_out()


def folded(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    r"""A pattern to look for in the folded copy of a note, whose letters, digits and spaces are those of ASCII: word
    borders, ``\w`` and ``\d`` are then found by table, which takes half the time.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags | re.ASCII))


def written(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern to look for in the text as written, with letters of any script."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
