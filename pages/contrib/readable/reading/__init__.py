"""Readers of presentations and OpenDocument texts: our own walks over parts that the guard hands out."""
