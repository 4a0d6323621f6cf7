"""The app's pages, and what they share. Each page draws what the package returns, and reckons nothing."""
