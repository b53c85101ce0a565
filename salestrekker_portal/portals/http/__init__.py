"""Plain HTTP, below every route: requests, forms, bodies and answers. Knows no State."""
