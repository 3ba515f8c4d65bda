"""Figures as they are written: numbers, dates, lengths, clock times and how a statement holds them."""
