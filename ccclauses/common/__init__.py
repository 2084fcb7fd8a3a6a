"""What every part may use and nothing of the trade is in: bounds, places, calendars, files, the clock, processes."""
