"""Benchmarks: what walk takes, as ratios to floors that are measured in the same run."""
