"""Long texts read into outline, figures and ranked sentences; pure, and run in the child."""
