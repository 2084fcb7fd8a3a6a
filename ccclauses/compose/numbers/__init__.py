"""Numbers of clauses and paragraphs, their bookmarks, and the references that lead to them."""
