"""Text becomes words, with the values marked."""
