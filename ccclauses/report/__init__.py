"""What people read about annexes: comparisons, reviews, histories, portfolios, statements, calendars and workbooks."""
