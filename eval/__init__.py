"""Measurement: ROUGE, significance, datasets, reports and benchmarks. Write `from eval.rouge import ...`."""
