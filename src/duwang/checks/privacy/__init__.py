"""Personal data of private persons that must not stand in public."""
