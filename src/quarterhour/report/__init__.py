"""The report in each format: a file a format, each with one function from the report's dict to text or pieces of it.

What a terminal shows is the command's own.
"""
