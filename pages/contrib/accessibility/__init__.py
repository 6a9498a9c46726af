"""The accessibility statement, and readers' reports of what stands in their way."""
