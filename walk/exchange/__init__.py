"""Packs: written, read as untrusted, and the receipt of what they brought."""
