"""What the keeper of the server does: checks, backups, restores."""
