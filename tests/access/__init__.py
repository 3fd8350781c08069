"""Access: colours, signs, cursor, keys and sizes of every screen and every dialog."""
