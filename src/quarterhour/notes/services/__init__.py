"""The services a note names, and which minutes are whose."""
