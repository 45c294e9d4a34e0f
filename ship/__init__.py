"""Making what is shipped out of a checkout, and trying it. No part of the program; see README.md beside this."""
