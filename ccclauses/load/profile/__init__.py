"""A requirements profile: what it may hold, the files that it extends, what people type for it."""
