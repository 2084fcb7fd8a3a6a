"""After signature: the calendar, the workbook of duties, the statement of credits."""
