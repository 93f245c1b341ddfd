"""What keeps the server and its data safe: backups, restores, promises, the night's work."""
