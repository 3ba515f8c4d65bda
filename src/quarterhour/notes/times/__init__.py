"""The times of the whole visit: timed minutes, treatment time, start and stop."""
