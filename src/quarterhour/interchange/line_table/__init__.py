"""Service lines as a table, one row a line with its visit's columns repeated: straight into columns, no record made."""

from quarterhour.interchange.line_table.mapped import mapped, our_names
from quarterhour.interchange.line_table.names import columns_for, known_columns, unknown_columns
from quarterhour.interchange.line_table.visits import Laid, lay_out

__all__ = ["Laid", "columns_for", "known_columns", "lay_out", "mapped", "our_names", "unknown_columns"]
