"""The linter: what makes "enforceable" a checked property of a text instead of a claim."""
