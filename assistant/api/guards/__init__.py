"""What every request goes through before its route: limits, headers, origins, counts."""
