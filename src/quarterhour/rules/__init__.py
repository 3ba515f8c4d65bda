"""One sentence of policy per file; a folder per family. See ``contract`` for the form and ``facts`` for what a rule
reads.
"""
