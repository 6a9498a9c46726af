"""Links that show a draft to people without an account, until they expire or are withdrawn."""
