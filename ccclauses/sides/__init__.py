"""What a person names on the command line → something that can be compared.

A side is a profile, an annex as JSON, a Word file, a clause file, a clause library (a folder), each also as it was at a
git revision (`PATH@REV`), or a clause by its id, whole or at a posture and under a law (`breach-handling@strict,DE`).
"""
