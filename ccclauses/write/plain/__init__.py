"""An annex as text, Markdown or one HTML page."""
