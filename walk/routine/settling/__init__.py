"""What laptops told: receipts of collects, conflicts, one label or two people."""
