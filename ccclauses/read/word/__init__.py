"""A Word file as a person sees it: its paragraphs with their numbers, looks, fields, formulas and drawings."""
