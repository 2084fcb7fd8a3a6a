"""Jinja2's syntax as far as conditions and clause texts may use it; the only part that parses it."""
