"""Measurement: ROUGE, significance, data sets, reports and benchmarks."""
