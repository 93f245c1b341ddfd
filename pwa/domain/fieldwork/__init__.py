"""Who goes where, and what their phones may hold of the people there."""
