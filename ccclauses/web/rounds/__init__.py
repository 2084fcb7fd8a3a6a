"""From sending to after signature: the screens of a negotiation."""
