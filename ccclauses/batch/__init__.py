"""Many profiles, one library: a table of suppliers becomes an annex each.

plan.py     rows → jobs: the profile of each row, its file names, its problems by cell
run.py      the jobs through an executor; what is done is written down, so that a stopped run goes on
"""
