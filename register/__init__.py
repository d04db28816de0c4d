"""The person register."""
