"""A new clause library, or a deal that changes × signed annexes → amendments: what changes, what stays, who signs.

papers.py       a folder → its signed files and what lies next to each: profile, annex as data, manifest, rounds
evidence.py     a signed file and its neighbours, read
composing.py    profile × library → annex, where agreed values may break a rule
known.py        the evidence → the signed annex, its profile, and what the old library made of it
same.py         whether two texts say the same; a merge of three versions
numbers.py      an annex whose numbers and references are counted anew
merge.py        signed × old × new → the consolidated annex, and which parts stay as they were signed
reasons.py      what in the library changed, for each part and each value
document.py     signed × consolidated → the amendment
restate.py      a signed annex → the same deal in another form, restated as a whole
splice.py       the consolidated text put into the signed Word file
agreement.py    the consolidated annex put into the agreement that holds the signed one
deal.py         a deal that changes: its profiles, what can't change, what the annex was before
effect.py       one signed file from end to end
run.py          all of them, in one process or several
"""
