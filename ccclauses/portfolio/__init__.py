"""The annexes of all suppliers in a folder, as a table.

holding.py  a Word file → what it holds
index.py    a folder → its holdings; an SQLite file next to them makes the second run quick
filters.py  which of them are asked for
"""
