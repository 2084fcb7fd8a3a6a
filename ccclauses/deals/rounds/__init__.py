"""The rounds of a negotiation in a deal's folder, up to the signed paper."""
