"""What every result must pass before it is written, and what annex and agreement say otherwise."""
