"""How the bureau names why words are set aside, and how they stand, in French."""

REASON_NAMES = {
    "off_topic": "sans rapport avec le lieu",
    "personal": "parle d’une personne",
    "hurtful": "blessante ou illicite",
    "advertising": "publicité",
    "repeated": "déjà dite",
}

STATE_NAMES = {"waiting": "à lire", "published": "publiée", "set_aside": "mise de côté"}
