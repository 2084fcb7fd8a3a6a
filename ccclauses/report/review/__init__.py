"""Reviews, redlines and the history of a negotiation, as text and HTML."""
