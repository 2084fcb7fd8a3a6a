"""Packages of Word files: the one gate through which they come in and leave, their parts and properties."""
