"""The read API at ``/api/v1/``: what the site publishes, as typed data."""
