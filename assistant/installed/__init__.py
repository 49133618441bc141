"""What is installed beside the program, and under which licences: for whoever answers for the machine."""
