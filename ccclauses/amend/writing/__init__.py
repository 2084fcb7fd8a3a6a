"""The amendment and the consolidated annex as documents."""
