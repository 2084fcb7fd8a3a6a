"""An annex put into a client's own agreement: the place, the fit, the seams, the proof, and what is reported.

`docs/reference/into-an-agreement.md` describes what a user sees; `docs/explanation/word/into-an-agreement.md` says why the
surgery is done as it is.
"""
