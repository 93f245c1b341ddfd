"""Erasure, and the dictionary of what is kept about people and why."""
