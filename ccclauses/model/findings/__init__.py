"""What the tasks tell, as values: comparisons, reviews, assessments, amendments, portfolios, rounds."""
