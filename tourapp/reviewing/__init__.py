"""Reading what somebody submitted: asked for, commented upon, answered; before it is published."""
