"""The API for other systems: token in the Authorization header, scopes, the same visibility as on screen. OpenAPI at /api/docs."""
