"""What may leave a sentence, the search for what stays, and whether that still hangs together."""
