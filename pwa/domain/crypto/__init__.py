"""The keys of the server, what is sealed to them, what they sign, and what a phone signs."""
