"""The differences between what was sent and what came back: which paragraphs answer to which, and what was done."""
