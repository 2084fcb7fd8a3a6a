"""The annex on the page: its parts, the panel next to it, what a change did."""
