"""What a person sets out to do, end to end: each function gives the plain dict of the outward contract."""
