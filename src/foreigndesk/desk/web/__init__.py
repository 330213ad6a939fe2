"""The desk in a browser: pages rendered on the server, the same answers as JSON beside them."""
