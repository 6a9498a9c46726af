"""Other servers: which of them may be asked, and one request that surely comes to an end."""
