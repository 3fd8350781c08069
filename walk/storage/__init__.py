"""The only door to SQLite: journal, tables, drafts, settings and backups."""
