"""What the note of a treatment day shows, and what it leaves open."""
