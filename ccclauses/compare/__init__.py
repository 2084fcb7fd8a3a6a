"""Comparison: one alignment core for clauses and for Word files."""
