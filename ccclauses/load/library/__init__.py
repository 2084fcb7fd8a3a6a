"""The files of a clause library."""
