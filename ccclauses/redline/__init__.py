"""Redlines: two Word files in, one with real tracked changes out."""

from .engine import redline
from .model import Change, Redline, RedlineOptions

__all__ = ["Change", "Redline", "RedlineOptions", "redline"]
