"""What a plan is given as: notice, overview, checklist, plan file, rotation."""
