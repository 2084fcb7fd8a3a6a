"""What failures cost, as values: the table of sums, its laws, what the failures of a month come to."""
