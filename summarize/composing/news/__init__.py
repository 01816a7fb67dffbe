"""Briefs from sentences that the encoder has read: cut along their trees, with everybody introduced."""
