"""Wording help and the name catcher: rules as data, pure checks of one text."""
