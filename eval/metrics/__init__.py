"""Measures of a summary other than ROUGE."""
