EXAMPLES: dict[str, list[dict[str, object]]] = {}
