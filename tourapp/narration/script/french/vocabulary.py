"""French words that the rules must know."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMBERED = _words("""
    an annexe année années arrêt article base bâtiment carte chapitre cité date figure fosse
    halte hangar jour ligne lot niveau numéro n° page panneau partie phase photo place plan
    planche plaque point porte poste puits quai question route rue salle section site station
    tableau terril tome tour volume zone étape îlot
""")
"""What a number after it names and does not count: « la fosse 1 ferme »."""

FEMININE_NOUNS = _words("""
    abeille aile alouette année arcade arche ardoise arme aube balise bande barque barre
    barrière base bataille berge berline bibliothèque bière bombe borne botte bouche boucle
    bourse branche brebis brique briqueterie brèche butte cabane cage carte caserne cave
    centrale chaise chambre chanson chauve-souris chose chèvre cible civière classe cloche
    clôture cohorte colline commune console coopérative coquille corde corniche couche couleuvre
    cour couronne course croix crypte côte danse date demande dette digue dizaine douzaine dune
    eau enceinte entreprise espèce famille fanfare façade femelle femme fenêtre ferme feuille
    fille fin fleur fois forme forêt fosse fougère fraise fresque frontière fumerolle fête
    galerie gare gaule gerbe gorge graine grange grenouille grotte grève guerre guêpe haie halte
    harmonie herbe heure hirondelle histoire houe hutte idée image jambe journée lampe langue
    lanterne larme lettre libellule ligne limite locomotive loge loi longueur lucarne lune main
    mairie maison marche mare marguerite marque masse matière mer messe mesure meule mine
    minoterie minute moitié montagne mosaïque motte mouette mousse mère médaille nappe nef niche
    noix noue nuit ombelle ombre orbe oreille ouvrière page paire palissade parcelle parole part
    partie passerelle peau pelle pelouse pente personne perte phrase pierre pioche piste pièce
    place plage plante plaque pluie plume poche poignée poire pomme pompe porte poule poutre
    prairie preuve prime promesse pyramide question racine rampe reine remarque rente ressource
    rigole rivière roche ronde rose roue route ruche rue ruelle ruine réponse réserve saison
    salle sculpture scène seconde semaine serre silhouette sirène somme sorte source sphère
    station statue strate strophe structure stèle surface sœur table tache taille tanche tasse
    taupe taxe tempête tente terrasse terre tisane toile toise tombe tonne touche tour trace
    tranche tranchée tribune trouée truite tuile tulipe turbine tâche télé tête usine vache
    vague valeur vanne variété veine verge verrière vie vigne ville vipère vis visite vitre voie
    voile voiture voix voûte vue zone âme écluse école église épave époque équipe étable étape
    étoile île œuvre
""")
"""Feminine nouns, in the singular, that their ending does not betray."""

FEMININE_ENDINGS = tuple(
    _words("""
        tion sion xion aison té ée ie ure ence ance ette elle esse euse ade ude ise ière
        aine ine ille enne trice onne
    """)
)
"""Endings of most feminine nouns."""

MASCULINE_NOUNS = _words("""
    amphibie apogée arrière arrêté bastion capitaine cimetière comité comté côté derrière
    domaine député foie grade génie incendie interlude jade kiosque libelle lycée magazine
    mausolée moine murmure musée parapluie patrimoine portefeuille prélude silence sosie
    squelette stade traité trophée été
""")
"""Masculine nouns with a feminine ending."""

FEMININE_ADJECTIVES = _words("""
    ancienne belle bonne brève courte dernière excellente fausse grande grosse haute importante
    jolie longue lourde nombreuse nouvelle petite pleine première prochaine toute vieille vraie
""")
"""Adjectives that come before a noun and show that it is feminine."""

NEUTRAL_ADJECTIVES = _words("""
    autre double immense jeune large magnifique modeste même rare simple superbe très unique
    vaste véritable énorme
""")
"""Words that come before a noun of either gender."""

RULERS = _words("""
    Albert Alexandre Alphonse Baudouin Benoît Catherine Charles Childéric Clotaire Clément
    Dagobert Edouard Elizabeth Ferdinand François Frédéric Georges Grégoire Guillaume Henri
    Hugues Innocent Jacques Jean Jean-Paul Jeanne Joseph Louis Léon Léopold Marguerite Napoléon
    Nicolas Otton Paul Philippe Pie Pierre Ramsès Richard Robert Urbain Victor-Emmanuel Édouard
    Élisabeth
""")
"""Given names that a Roman numeral follows."""

DIVISIONS = _words("""
    acte an annexe article chap. chapitre classe cycle fig. figure grade groupe livre niveau
    numéro n° page partie phase planche scène section t. tableau titre tome type vol. volume
    zone
""")
"""Parts of works and lists that a Roman numeral counts."""

NEVER_LAST = _words("""
    ap apr art av avr bd boul cf chap coll dir dr drs déc env eq ex fig fév févr janv juil m mgr
    mlle mm mme mr n no nov oct p pl pp pr prs réf sept st ste t tél vol vs éd éq
""")
"""Abbreviations that end no sentence, in small letters."""

FIRST_WORDS = _words("""
    Au Aujourd'hui Aussi Aux Avec C'est Ce Ces Cet Cette Chaque Dans De Depuis Des Du Elle Elles
    En Et Ici Il Ils J' Je L' La Le Les Leur Leurs Là Mais Nous On Or Par Pour Puis Quand Sa
    Sans Ses Si Son Sous Sur Tous Tout Toute Un Une Voici Vous À
""")
"""Words that begin a sentence, and are no one's surname."""
