"""What to send back: the points in the order of harm, and changes in their own file."""
