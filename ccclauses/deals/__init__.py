"""A deal as a folder of plain files: what the page shows and changes, below the page."""
