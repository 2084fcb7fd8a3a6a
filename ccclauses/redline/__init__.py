"""Redlines: two Word files in, one with real tracked changes out."""

from .engine import redline
from .model import READABLE, Change, Redline, RedlineOptions

__all__ = ["READABLE", "Change", "Redline", "RedlineOptions", "redline"]
