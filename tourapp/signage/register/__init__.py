"""The register of signs: each plate outside, where it hangs, what it says, in what state it is."""
