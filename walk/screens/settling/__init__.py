"""What laptops told: receipts of collects, and conflicts to settle."""
