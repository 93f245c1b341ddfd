"""What phones send: taken in, seated, receipted and judged, and never lost."""
