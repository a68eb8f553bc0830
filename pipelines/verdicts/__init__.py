"""What evidence means: rules as data, and the pure function that applies them."""
