"""Led walks in the guides' hands: planned at a desk, led on a phone, summed up on paper."""
