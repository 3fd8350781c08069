"""Tests of the routine, without screens."""
