"""People as the studio handles them: who they are, what they are asked and answer, and what their answers amount to."""
