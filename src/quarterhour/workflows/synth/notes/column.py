"""The notes of drawn visits as columns of their table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from quarterhour.interchange.line_table import lay_out
from quarterhour.policy import Policy
from quarterhour.workflows.synth.notes.layouts import written
from quarterhour.workflows.synth.notes.tale import tale_of
from quarterhour.workflows.synth.table import visit_of_lines


def with_notes(table: pa.Table, seed: int, policy: Policy) -> pa.Table:
    """The table with the kind and text of a note for each visit, on each of the visit's lines."""
    visits = lay_out(table, payers=policy.payers, payer_needed=True).columns.records()
    tales = [tale_of(visit, seed, policy) for visit in visits]
    rows = pa.array(visit_of_lines(table).astype(np.int32))
    for name, texts in (("note_type", [tale.kind for tale in tales]), ("note_text", list(map(written, tales)))):
        words = pa.array(texts, pa.string()).dictionary_encode()
        column = pa.DictionaryArray.from_arrays(words.indices.take(rows), words.dictionary)
        table = table.set_column(table.column_names.index(name), name, column)
    return table
