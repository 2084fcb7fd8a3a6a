"""Paragraphs of a redline: characters compared, runs written, paragraphs that moved."""
