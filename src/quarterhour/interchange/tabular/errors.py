"""Errors of tables.

    Unreadable
    ├── BadMapping      a mapping file that cannot be followed; says which entry and what to write
    └── NotATable       a file with none of the columns, or without one that every table needs

What is wrong in a cell is a ``Defect``: the other records are still read.
"""

from __future__ import annotations

from quarterhour.interchange.errors import Unreadable


class BadMapping(Unreadable):
    """A mapping file that cannot be followed."""


class NotATable(Unreadable):
    """A file that is no table of visits or claim lines."""
