"""English words that texts and readers of texts share."""

from __future__ import annotations

MONTHS = "January February March April May June July August September October November December".split()
