"""How visitors' pages name the kinds of what is noticed, and what became of it."""

from flask_babel import lazy_gettext

KIND_NAMES = {
    "seen": lazy_gettext("J’ai vu"),
    "heard": lazy_gettext("J’ai entendu"),
    "question": lazy_gettext("Une question"),
    "idea": lazy_gettext("Une idée"),
}

OUTCOME_NAMES = {
    "studied": lazy_gettext("à l’étude"),
    "planned": lazy_gettext("prévu"),
    "done": lazy_gettext("fait"),
    "declined": lazy_gettext("sans suite"),
}
