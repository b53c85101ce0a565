"""Small faults put into the code on purpose: a suite that does not notice one has a hole. Not part of `make test`."""
