"""The search for readers: an index of our own, in which every language has its stems."""
