"""Whether a number agrees in the feminine with what follows it."""

import re

from tourapp.narration.script.french.numbers import Gender

# A number after one of these is a name, not a count: « la fosse 1 ferme ».
_NUMBERED = frozenset(
    "an année années annexe arrêt article base bâtiment carte chapitre cité date étape figure fosse halte "
    "hangar îlot jour lot ligne niveau n° numéro page panneau partie phase photo place plan "
    "planche plaque point porte poste puits quai question route rue salle section site "
    "station tableau terril tome tour volume zone".split(),
)
_FEMININE_ADJECTIVES = frozenset(
    "ancienne belle bonne brève courte dernière excellente fausse grande grosse haute "
    "importante jolie longue lourde nombreuse nouvelle petite pleine première prochaine toute "
    "vieille vraie".split(),
)
_EITHER_GENDER = frozenset(
    "autre double énorme immense jeune large magnifique même modeste rare simple superbe unique "
    "vaste véritable très".split(),
)
_FEMININE_ENDINGS = tuple(
    "tion sion xion aison té ée ie ure ence ance ette elle esse euse ade ude ise ière aine ine "
    "ille enne trice onne".split(),
)
_MASCULINE = frozenset(
    "amphibie apogée arrêté arrière bastion cimetière comité comté côté député derrière domaine "
    "été foie génie grade incendie interlude jade kiosque libelle lycée magazine mausolée moine "
    "murmure musée parapluie patrimoine portefeuille prélude silence sosie squelette stade "
    "traité trophée capitaine".split(),
)
_FEMININE = frozenset(
    "abeille aile alouette âme année arche ardoise arme aube balise bande barque barre base "
    "berge berline bibliothèque bière borne bouche boucle bourse branche brebis brique cage "
    "carte cave centrale chaise chambre chanson chauve-souris chose classe cloche cohorte corde "
    "commune coopérative côte couche cour couronne course croix danse date demande dette dizaine "
    "douzaine eau école église entreprise époque équipe espèce étable étape étoile façade famille "
    "femelle femme fenêtre ferme fête feuille fille fin fleur fois forêt forme fosse fresque "
    "fumerolle galerie gare gerbe gorge graine grange grenouille grève guerre guêpe haie halte "
    "herbe heure histoire idée image jambe journée lampe langue larme lettre ligne locomotive "
    "loi longueur main maison marche mare marguerite marque masse matière mer mesure mine "
    "minute moitié montagne mosaïque mousse mère nappe nef nuit œuvre ombre oreille page parcelle "
    "parole part partie peau pelle pente personne perte phrase pièce pierre piste place plante "
    "plage plaque plume poignée poire pomme pompe porte poule poutre preuve prime promesse pyramide "
    "question racine rampe reine remarque rente réponse ressource roche rose roue route rue salle "
    "scène seconde semaine serre silhouette sirène sœur somme sorte source sphère station "
    "statue stèle strophe structure surface table tache tâche tasse taxe télé tempête tente terre "
    "terrasse tête toile toise tombe tonne touche tour trace tranche tribune truite tuile usine "
    "vache vague valeur variété veine verge vie vigne ville visite vis vitre voie voile voiture "
    "voix voûte vue zone h min t".split(),
)


def names(typed: str, *, preceding: str, following: str) -> bool:
    """Tell whether a number names a year, a house or a pit, and counts nothing."""
    if re.fullmatch(r"1\d{3}|20\d{2}", typed):
        return re.match(r" [^\W\d_]{2,}[sx](?!\w)", following) is None
    return re.fullmatch(r"[1-9]\d{,3}", typed) is not None and _is_numbered(preceding)


def gender_before(following: str, *, preceding: str = "") -> Gender:
    """Return the gender of a number from the texts that follow and precede it."""
    if _is_numbered(preceding):
        return "m"
    counted = re.sub(r"^ (?:à|ou|et) \d+(?= )", "", following)
    run = re.match(r"(?: [^\W\d_]+(?:-[^\W\d_]+)*)*", counted)
    words = (_singular(word) for word in (run[0].lower().split() if run else ()))
    return next((_gender(word) for word in words if word not in _EITHER_GENDER), "m")


def _is_numbered(preceding: str) -> bool:
    word = re.search(r"([^\W\d_]+|n°) ?$", preceding.lower())
    return word is not None and word[1] in _NUMBERED


def _singular(word: str) -> str:
    return word if word in _FEMININE else re.sub(r"[sx]$", "", word)


def _gender(word: str) -> Gender:
    if word in _FEMININE or word in _FEMININE_ADJECTIVES:
        return "f"
    return "f" if word.endswith(_FEMININE_ENDINGS) and word not in _MASCULINE else "m"
