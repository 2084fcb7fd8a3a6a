"""Words and figures that texts and readers of texts share: periods, sums, shares, months, plurals."""
