"""How people of the office come in: links, passwords, second factors, and what ends them."""
