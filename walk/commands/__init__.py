"""The commands of the command line; `cli.py` names them and holds what all have in common."""
