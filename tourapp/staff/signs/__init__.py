"""The signs outside: found, described, moved, checked, photographed, retired."""
