"""A small reader of our own: it finds the words in a passage that answer a question."""
