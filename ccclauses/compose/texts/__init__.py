"""Clause texts rendered: what they may name, their markup, terms, sums and spelling."""
