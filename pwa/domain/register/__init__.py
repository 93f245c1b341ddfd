"""The register: what the approved entries make, and who is found in it."""
