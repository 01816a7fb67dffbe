"""What was learned from editors and readers: trees, small transformers and words, applied with NumPy."""
