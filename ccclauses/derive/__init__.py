"""What follows from a deal or its annex: why, what is open, which form, which requirement is answered, when what is due."""
