"""Rules on who stands on a claim: identifiers, taxonomy, and what a payer must know of the patient."""
