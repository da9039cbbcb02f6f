"""What a person sees and presses; asks core, decides nothing about news."""
