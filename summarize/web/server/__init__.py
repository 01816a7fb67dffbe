"""How the page is served: arguments, limits, sessions, and which chat servers may be asked."""
