"""How much the patient was helped: levels of assistance and cues."""
