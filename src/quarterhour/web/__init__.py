"""The same answers in a browser and over HTTP: pages, a JSON API, and CDS Hooks (extra ``web``).

Nothing is kept: what is sent is judged, answered and forgotten. It stands in no log, no address and no cookie.
"""
