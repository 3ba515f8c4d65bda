"""The field's words as frozen types, and the columnar form of each. Imports nothing else of ours."""
