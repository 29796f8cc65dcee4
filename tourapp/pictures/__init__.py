"""Pictures: what somebody gives is decoded for real, and shown in forms that are made from it."""
