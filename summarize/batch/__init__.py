"""Many documents: streamed in, one output row for each, resumable, on all cores or on a cluster.

From the outside in: `run` is the loop over the rows that `summarize.reading` gives; `work` turns a row into
a line of output, `stories` the rows of an event; `working` does so in this process and `pool` in others;
`journal` keeps what is done; `parquet` packs it; `progress` tells how far; `cluster` does the same on Ray.
"""
