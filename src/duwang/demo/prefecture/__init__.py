"""仿真市: sixty sites and three hundred accounts with thousands of faults, to review a quarter of a prefecture on one's desk."""
