"""How well the check of summaries agrees with people."""
