"""Deciding on entries and applicants: what a checker sees, decides, takes back and looks at again."""
