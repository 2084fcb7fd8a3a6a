"""What came back: a returned Word file against the annex that was sent, clause by clause."""
