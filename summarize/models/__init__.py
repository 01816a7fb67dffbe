"""Checkpoints, the engines that run them, and chat servers."""
