"""A supplier's own paper: its assessment, the reasons, the rider."""
