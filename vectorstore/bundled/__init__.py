"""The embedder that ships with kai: its files, their model card, and how they were made."""
