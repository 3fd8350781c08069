"""Untrusted tables and plan files to rows, or the line and the cause."""
