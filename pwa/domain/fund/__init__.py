"""A fund's own rules and what follows from them for one person: regulation, coverage, standing, benefits."""
