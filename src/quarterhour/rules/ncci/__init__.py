"""Pair edits and add-on codes: what is not paid beside something else, and what modifiers say about it."""
