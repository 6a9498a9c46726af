"""Files that travel to a translator and back: what goes in, how it is written, and what happens on its return."""
