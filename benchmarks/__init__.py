"""Speed as ratios in one run: what `make bench` prints."""
