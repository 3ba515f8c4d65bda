"""Computes once what many rules look at: units, shares, pair hits, sums, overlaps."""
