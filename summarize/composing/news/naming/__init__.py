"""Whom a line speaks of: people by their full names, and words that point back."""
