"""What written documents begin as: an institution's own Word templates, checked, cleaned and filled."""
