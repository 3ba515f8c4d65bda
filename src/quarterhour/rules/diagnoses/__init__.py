"""Rules on the diagnoses of a claim and the pointers to them."""
