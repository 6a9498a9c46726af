"""Webhooks: other programs are told, signed and until they answer, when something on the site changes."""
