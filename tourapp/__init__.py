"""A guided walking-tour and audio-guide service for the mining basin of Loos-en-Gohelle."""
