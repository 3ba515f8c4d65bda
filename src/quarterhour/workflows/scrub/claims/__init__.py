"""Claims of a scrub: files of X12 and FHIR, and tables of claim lines, judged claim by claim and visit by visit.

    deal (by patient, each claim whole) -> judge (every part) -> merge with what was found in visits

What is judged, and how, is what ``check`` does (``workflows.check_claims``); here it is done part by part.
"""
