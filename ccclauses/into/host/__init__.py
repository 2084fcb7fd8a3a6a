"""The agreement that an annex goes into: what it holds, the place, what is taken out of it."""
