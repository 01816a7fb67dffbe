"""What the `summarize` command can do, one module each with `add_arguments(parser)` and `run(options) -> int`."""
