"""The demo site: its words as data per language, its files, and what loads them."""
