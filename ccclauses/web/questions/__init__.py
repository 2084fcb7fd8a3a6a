"""The ten questions: what each asks, how it is shown, and what an answer changes."""
