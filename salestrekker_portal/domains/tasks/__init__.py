"""What people of the firm have to do."""
