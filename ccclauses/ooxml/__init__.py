"""All knowledge of Word files: packages, names, revisions."""
