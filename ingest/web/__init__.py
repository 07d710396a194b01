"""Links in, bytes out: safe fetching, robots.txt, and feeds."""
