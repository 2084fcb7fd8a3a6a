"""Many profiles, one library: a table of suppliers becomes an annex each.

prepare.py  a table and a base profile → what is to be made, every problem at its cell
plan.py     rows → jobs: the profile of each row, its file names, its problems by cell
jobs.py     what runs the jobs
run.py      the jobs through an executor; what is done is written down, so that a stopped run goes on
"""
