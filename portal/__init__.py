"""The pages: what people see in a browser. Above the API, whose calls they make through the same use cases."""
