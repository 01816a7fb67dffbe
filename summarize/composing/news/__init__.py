"""Briefs from sentences that the encoder has read: cuts along the tree, names introduced, a box that is one."""
