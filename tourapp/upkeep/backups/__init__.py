"""All that an installation holds, in one place that proves itself whole, and back."""
