"""Bytes of HTML, PDF and docx in, pieces of an article out; all of it runs in a child process."""
