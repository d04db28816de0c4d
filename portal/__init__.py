"""The web pages: thin routes that call use cases and render what they answer."""
