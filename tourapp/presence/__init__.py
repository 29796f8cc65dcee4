"""Who else works at a text: has it open now, or a draft of it."""
