"""Word files: a .docx becomes a page."""
