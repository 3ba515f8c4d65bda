"""Visits and claim lines as CSV or Parquet, with a clinic's own column names, and findings as either."""

from quarterhour.interchange.tabular.errors import BadMapping, NotATable
from quarterhour.interchange.tabular.mapping import Mapping, read_mapping
from quarterhour.interchange.tabular.reading import Batch, lack_of, misnamed, read_claims, read_visits, table_named
from quarterhour.interchange.tabular.writing import write_claims, write_findings, write_visits

__all__ = [
    "BadMapping",
    "Batch",
    "Mapping",
    "NotATable",
    "lack_of",
    "misnamed",
    "read_claims",
    "read_mapping",
    "read_visits",
    "table_named",
    "write_claims",
    "write_findings",
    "write_visits",
]
