"""How often signs, pages and sounds are opened: drawn, told in tables, taken along."""
