"""Plain: the routine in lines, one prompt at a time, for screen readers and simple terminals."""
