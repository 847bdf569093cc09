"""Benchmarks: each prints ratios against a peer of the same run. Never part of the tests."""
