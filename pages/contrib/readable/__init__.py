"""Attached files as pages that can be read in a browser, and what is inaccessible in them."""
