"""Work in processes that can be ended: by Stop, by a visitor's leaving, and by limits of time and memory.

`lanes` says which kinds of work there are and what each may use, `process` is one worker, `dispatcher` gives
work to workers, `runs` is what a visitor has under way. What is worked on is any function that can be named;
those of the page are in `web.running`. Nothing here imports Gradio.
"""
