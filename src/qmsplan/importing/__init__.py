"""Plans that agencies already have, in Word or Excel, as drafts of plan files."""
