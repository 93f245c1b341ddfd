"""What a route's author never opens: how the app is served, how requests are read, logged and measured, and what static files there are."""
