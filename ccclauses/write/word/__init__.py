"""An annex as a Word file in a house style."""
