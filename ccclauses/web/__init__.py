"""The local page: pick requirements, watch the annex, compare, download. It does what the commands do, with the same functions."""
