"""Minutes against the clock and against each other."""
