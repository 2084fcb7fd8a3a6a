"""Our answer in Word on top of theirs: changes put back, countered, commented."""
