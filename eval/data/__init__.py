"""Examples and outputs, read from files and the hub."""
