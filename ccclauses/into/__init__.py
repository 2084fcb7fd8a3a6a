"""An annex put into a client's own agreement: the place, the fit, the seams, the proof, and what is reported.

`docs/reference/into-an-agreement.md` describes what a user sees.
"""
