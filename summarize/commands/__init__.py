"""What the `summarize` command can do: a module each, with `add_arguments` and `run`."""
