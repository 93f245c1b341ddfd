"""Units in two trees, funds and addresses."""
