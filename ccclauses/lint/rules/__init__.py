"""One rule a file: its docstring is its manual page, `CODE` its number, `SEVERITY` how bad what it finds is.

L01 to L39 judge language, S01 and on what the data of a clause say.

A rule has one of these functions:

    check(subject)               over a text: a wording of a clause, an annex, any contract
    check_clause(clause, library)   over a clause as data
    check_library(library)       over a whole library

and, where a machine can put the text right, `fix(text)`.
"""
