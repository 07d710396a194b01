"""Language models as writers: which one, how it is loaded, and how it is asked to write."""
