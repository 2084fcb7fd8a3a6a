"""An annex as JSON, in today's format and read from the one before."""
