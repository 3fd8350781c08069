"""The board, in lines."""
