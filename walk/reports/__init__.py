"""What a walk hands out: facts in, text out; and the rules of what a small walk may print."""
