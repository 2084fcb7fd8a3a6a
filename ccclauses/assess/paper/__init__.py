"""A supplier's paper as lines, passages and sentences, whatever file it came in."""
