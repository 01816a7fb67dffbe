"""Several documents on one event as one brief. Nothing is fetched here."""
