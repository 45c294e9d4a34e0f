"""Level 0: the words of the program as types, and small tools without side effects."""
