"""What laptops told differently, in lines."""
