"""Whether the note shows why the treatment was needed."""
