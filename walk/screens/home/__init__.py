"""Home, the tour, and what is shown where no walk is open."""
