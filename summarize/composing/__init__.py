"""Scored sentences to the lines of a brief: compression, redundancy, headline and box."""
