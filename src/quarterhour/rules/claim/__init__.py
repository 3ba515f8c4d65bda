"""What stands on the claim: codes, dates, places of service, diagnoses, charges and lines."""
