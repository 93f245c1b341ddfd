"""What waits for an office: lines in quarantine, gaps, arrivals, queue files, and the counts of all that waits."""
