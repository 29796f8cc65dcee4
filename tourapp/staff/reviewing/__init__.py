"""Having a version read: asked, commented upon, answered."""
