"""What a guide taps while a walk is led."""
