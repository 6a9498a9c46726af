"""Files in, files out: what a text says, whichever program it was written with."""
