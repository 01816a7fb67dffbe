"""ROUGE: tokens, stems, matches and scores."""
