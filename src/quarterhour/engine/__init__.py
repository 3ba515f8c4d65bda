"""Runs rules over columns: derive what is derived once, then let every rule judge. A function from columns to
findings.
"""
