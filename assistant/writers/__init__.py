"""Writers turn evidence into draft sentences; nothing they say is shown before it is verified."""
