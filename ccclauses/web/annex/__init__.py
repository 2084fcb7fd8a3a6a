"""The annex on the page: its parts, the panel beside it, what a change did."""
