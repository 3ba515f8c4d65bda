"""The note as a page: its sections and sentences, its day, and what in it is of today, done and the patient's."""
