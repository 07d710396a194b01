"""Benches: what retrieval finds, how fast, in how much memory; ``python -m vectorstore.bench``."""
