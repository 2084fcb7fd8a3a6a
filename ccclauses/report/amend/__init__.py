"""What a new library means for signed annexes."""
