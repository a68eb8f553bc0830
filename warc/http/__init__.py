"""HTTP/1 on the wire: connections, TLS, DNS, heads and bodies, each as it is and not as hoped."""
