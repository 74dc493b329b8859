"""What is measured, and how. Times are never asserted in tests."""
