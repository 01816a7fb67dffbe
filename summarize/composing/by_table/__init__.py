"""Headlines and shortened lines in languages other than English, by the table of each."""
