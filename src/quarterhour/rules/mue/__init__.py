"""Units of one code on one day against the unlikely-units edits."""
