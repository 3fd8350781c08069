"""Looking after a store: backups, erasing, purging."""
