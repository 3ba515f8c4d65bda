"""X12 out of claims: 837P and 837I, and what comes back of them (835, 277CA, 999, TA1)."""
