"""Thai names and words, dates as people say them, national ID numbers."""
