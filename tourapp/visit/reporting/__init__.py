"""« Ce panneau est abîmé » : the form on a stop's page, and its answer."""
