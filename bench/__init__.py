"""Benchmarks: figures with the machine named, never a timed test."""
