"""Review of entries and the register that approved entries make."""
