"""Rules on what only a claim of an institution has: revenue codes, type of bill, occurrence codes."""
