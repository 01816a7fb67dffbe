"""Ours beside the peers: quality, speed and memory."""
