"""Starts the web app from the repository. Installed, it is `summarize app`; both take the same options."""

from __future__ import annotations

import sys

from summarize.cli import main

if __name__ == "__main__":
    sys.exit(main(["app", *sys.argv[1:]]))
