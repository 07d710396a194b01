"""Passages in, evidence out: embeddings, the index on disk, keyword and dense search."""
