"""The outside formats, reading and writing. Knows the field's words, not its rules."""
