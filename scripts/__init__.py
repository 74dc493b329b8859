"""What maintainers run by hand or through `make`: a browser for the tests, generated pages of the manual."""
