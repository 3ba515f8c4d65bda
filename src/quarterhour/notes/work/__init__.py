"""What was done: activities, their class and status, and the goals they are for."""
