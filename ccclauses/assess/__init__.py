"""A supplier's own paper against our position: which passage answers which question, with which value, how well."""
