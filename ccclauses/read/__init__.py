"""Reading Word files back: what a person would see in them, and the annex that they hold."""
