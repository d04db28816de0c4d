"""What people may do, one function a verb; one call is one transaction."""
