"""How local names are said: listed, corrected, confirmed, heard; and which words are doubtful."""
