"""French, Italian, Spanish, Portuguese, Brazilian and Romanian names."""

from __future__ import annotations

from bench.matching.culture import Culture, Passing

FRENCH = Culture(
    key="french",
    country="FR",
    share=9,
    abroad=("BE", "CH", "LU"),
    surnames="Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefèvre Leroy Roux David Bertrand Morel "
    "Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller Lefebvre Faure André Mercier Blanc Guérin Boyer "
    "Garnier Chevalier François Legrand Gauthier García Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier "
    "Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas "
    "Brunet Gaillard Barbier Arnaud Martínez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre "
    "Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland Leclercq Guillaume",
    head=0.24,
    stems="Bar Bel Ber Blan Bois Bon Bou Bré Cas Cham Char Chau Cler Cor Cou Des Dou Du Fer Fla Fou Gau Gi Gran Gué Hé Jou La Lan Le Mar "
    "Mau Mon Pas Per Pi Pré Ro Rou Sa Sau Tho Tour Va Ver Vi",
    onsets="B Br C Ch D F Fr G Gr L M N P Pl R S T Tr V",
    rimes="a ai an ar au é er ei i il in o ol on or ou u",
    endings="rd rdin let lin net nnet reau rteau tier vier gnon sset chard mont ville don quet rand lier ssier rel teau villiers vesque",
    particles="de de_la du d' Le La",
    particled=0.035,
    male="Jean Pierre Michel Philippe Alain Nicolas Christophe Patrick Bernard Christian Frédéric Éric Laurent Stéphane David Pascal Daniel "
    "François Thierry Julien Thomas Olivier Sébastien Alexandre Jérôme Antoine Guillaume Vincent Mathieu Kévin Maxime Romain "
    "Lucas Hugo Théo Louis Gabriel Arthur Raphaël Benoît Rémi Jacques Joseph André René Étienne Loïc Yves Gérard Marcel",
    female="Marie Nathalie Isabelle Sylvie Catherine Martine Christine Françoise Valérie Sandrine Stéphanie Véronique Sophie Céline Chantal "
    "Patricia Anne Brigitte Julie Monique Aurélie Nicole Laurence Annie Émilie Dominique Virginie Corinne Élodie Christelle "
    "Camille Caroline Léa Sarah Manon Chloé Hélène Agnès Inès Thérèse Zoé Louise Jeanne Geneviève Odile Josiane Cécile",
    towns="Paris Marseille Lyon Toulouse Nice Nantes Strasbourg Montpellier Bordeaux Lille Rennes Reims Saint-Étienne Le_Havre Roubaix "
    "Tourcoing Dunkerque Charleville-Mézières Longwy Bruxelles Liège Namur Charleroi Mons Tournai",
    town_heads="Saint- Sainte- Mont Ville Beau Bois Châte Clair Fon Grand Val Neu Ro",
    town_tails="Martin Pierre Germain Jean fort villers lieu mont ville court fontaine bourg vières Amand lin",
    regions="Nord Bretagne Alsace Lorraine Provence Picardie Normandie",
    streets="rue_de_l'Église Grand'Rue rue_de_la_Gare place_de_la_Mairie rue_du_Moulin rue_des_Écoles rue_Victor-Hugo avenue_Jean-Jaurès",
    street_patterns=("rue {}", "avenue {}", "boulevard {}", "impasse {}", "chemin de {}", "place {}"),
    given_counts=(0.4, 0.3, 0.3),
    joined_given=0.12,
    takes_husbands_name=0.6,
    double_surname=0.05,
    spellings=(
        ("é", "e"),
        ("eau", "aux"),
        ("lt", "ld"),
        ("ph", "f"),
        ("ss", "s"),
        ("y", "i"),
        ("th", "t"),
        ("ç", "c"),
        ("ault", "aud"),
    ),
    nicknames="Frédéric:Fred Christophe:Chris Stéphane:Steph Alexandre:Alex Sébastien:Seb Catherine:Cathy Véronique:Véro Maxime:Max "
    "Isabelle:Isa Nathalie:Nath Dominique:Domi Antoine:Tony Gabriel:Gaby Françoise:Fanfan Geneviève:Ginette Jacques:Jacky Émilie:Milie "
    "Nicolas:Nico Philippe:Phil Valérie:Val Élodie:Élo Joseph:José Guillaume:Guy",
)

ITALIAN = Culture(
    key="italian",
    country="IT",
    share=5,
    abroad=("BE", "CH", "AR"),
    surnames="Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Costa Giordano Mancini Rizzo "
    "Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale "
    "Lombardo Serra Coppola De_Santis D'Angelo Marchetti Parisi Villa Conte Ferri Fabbri Bianco Marini Grasso Valentini Messina "
    "Sala De_Angelis Gatti Pellegrini Palumbo Sanna Farina Rizzi Monti Cattaneo Morelli Amato Silvestri Mazza Testa Grassi Di_Stefano",
    head=0.2,
    stems="Bar Bell Bern Bon Bott Cam Cap Car Cast Cer Chiar Col Cor Fal Fior Gall Gian Giac Gran Lor Luc Mar Mas Mat Mer Mont Mor Nap Pal Pap "
    "Pell Per Pic Pol Ros San Sal Sar Sord Tar Tor Val Vec Ven Ver Vit Zan Zuc Quart",
    onsets="B C D F G L M N P R S T V Z",
    rimes="acc agl all amb and ar asc att ec ell erg ett igl in isc oc oll on orr ucc",
    endings="i o a ini ino etti etto elli ello acci one oni ato ano eri iero uzzi azzo asco eroni",
    particles="Di De D' Della Del Lo La Dal",
    particled=0.07,
    male="Giuseppe Antonio Giovanni Mario Luigi Francesco Angelo Vincenzo Pietro Salvatore Carlo Franco Domenico Bruno Paolo Michele Giorgio "
    "Aldo Sergio Luciano Andrea Marco Alessandro Roberto Stefano Luca Matteo Lorenzo Davide Simone Federico Riccardo Nicolò Fabio "
    "Massimo Claudio Enrico Raffaele Gennaro Rocco Pasquale Emanuele Gabriele Tommaso",
    female="Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina Francesca Antonietta Carla Elena Concetta Rita Margherita "
    "Franca Paola Laura Giulia Chiara Sara Martina Valentina Alessia Silvia Federica Elisa Ilaria Alice Sofia Aurora Giorgia "
    "Antonella Daniela Patrizia Immacolata Assunta Nunzia Annamaria Mariangela",
    towns="Roma Milano Napoli Torino Palermo Genova Bologna Firenze Bari Catania Venezia Verona Messina Padova Trieste Brescia Taranto Foggia "
    "Agrigento Lecce Forlì L'Aquila Cantù",
    town_heads="Monte Castel San_ Santa_ Civita Villa Campo Rocca Borgo Ponte Val",
    town_tails="fiore vecchia nuova leone marino franca rosso basso verde lungo grande forte Lucia Giorgio",
    regions="Sicilia Calabria Lombardia Puglia Campania Veneto",
    streets="via_Roma via_Garibaldi corso_Vittorio_Emanuele_II via_Dante piazza_Matteotti via_Marconi via_Mazzini viale_Europa",
    street_patterns=("via {}", "viale {}", "piazza {}", "corso {}", "vicolo {}"),
    joined_given=0.02,
    takes_husbands_name=0.05,
    spellings=(
        ("cc", "c"),
        ("tt", "t"),
        ("ss", "s"),
        ("zz", "z"),
        ("ll", "l"),
        ("d'", "d "),
        ("d'", "d"),
        ("ì", "i"),
        ("i", "y"),
    ),
    nicknames="Giuseppe:Beppe,Peppe,Pino Giovanni:Gianni,Nino Antonio:Tonino,Toni Francesco:Franco,Ciccio Salvatore:Totò,Turi Vincenzo:Enzo "
    "Luigi:Gigi Domenico:Mimmo Alessandro:Sandro,Ale Giuseppina:Pina,Giusy Francesca:Franca Lorenzo:Renzo Raffaele:Lello "
    "Concetta:Tina Antonietta:Tonia Caterina:Rina Margherita:Rita Maria:Mariella Teresa:Sina Michele:Lino Immacolata:Imma",
)

SPANISH = Culture(
    key="spanish",
    country="ES",
    share=5,
    abroad=("EC", "CO", "PE", "AR"),
    surnames="García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez "
    "Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Morales Suárez Ortega Delgado "
    "Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés Castillo Santos Lozano Guerrero Cano Prieto Méndez Cruz "
    "Calvo Gallego Vidal León Herrera Márquez Peña Cabrera Flores Campos Vega Fuentes Carrasco Diez Reyes Caballero Nieto Aguilar "
    "Echeverría Etxebarria Zubizarreta Ibáñez",
    head=0.72,
    stems="Agui Ala Are Aya Bal Bar Bece Cala Cas Cer Cor Duar Eche Ferr Gal Gar Iba Izqui Lar Ler Mal Man Mon Oje Orte Pal Par Pine Que Rive Sal "
    "San Sego Tole Ugar Urru Val Vera Villa Zaba Zorri",
    endings="lla llo nar rado rro rra do da dero ga go lde leta no na ndo nte riz rez ta tegui to ve vedo zo",
    particles="de de_la del de_los",
    particled=0.03,
    male="Antonio José Manuel Francisco Juan David Javier Daniel Carlos Jesús Alejandro Miguel Rafael Pedro Pablo Ángel Sergio Fernando Jorge Luis "
    "Alberto Álvaro Adrián Diego Raúl Iván Enrique Ramón Vicente Andrés Joaquín Santiago Víctor Rubén Óscar Martín Hugo Lucas "
    "Ignacio Íñigo Gonzalo Nicolás",
    female="María Carmen Ana Isabel Laura Cristina Marta Josefa Dolores Lucía Pilar Elena Francisca Teresa Sara Paula Mercedes Rosa Raquel Beatriz "
    "Antonia Julia Silvia Concepción Nuria Irene Patricia Andrea Rocío Montserrat Mónica Alba Encarnación Sofía Ángela Inés Begoña "
    "Yolanda Inmaculada Consuelo Guadalupe",
    towns="Madrid Barcelona València Sevilla Zaragoza Málaga Murcia Palma Bilbao Alicante Córdoba Valladolid Vigo Gijón A_Coruña Granada Oviedo "
    "Quito Bogotá Lima Guayaquil Medellín Cádiz Logroño",
    town_heads="Villa Torre Fuente Al Val San_ Santa_ Monte Puebla_de_ Agui",
    town_tails="nueva franca rubia lar mayor verde quemada hermosa blanca lucía vieja medina seca",
    regions="Andalucía Galicia Cataluña Extremadura Castilla_y_León Aragón",
    streets="Calle_Mayor Calle_Real Plaza_de_España Calle_Nueva Avenida_de_la_Constitución Gran_Vía Calle_del_Sol Paseo_Marítimo",
    street_patterns=("Calle {}", "Avenida {}", "Plaza {}", "Paseo {}", "Calle de {}"),
    passing=Passing.SPANISH,
    takes_husbands_name=0.02,
    double_surname=0.0,
    given_counts=(0.55, 0.42, 0.03),
    spellings=(
        ("ñ", "n"),
        ("z", "s"),
        ("v", "b"),
        ("j", "x"),
        ("tx", "ch"),
        ("ll", "y"),
        ("í", "i"),
        ("ñ", "ny"),
        ("h", ""),
    ),
    nicknames="Francisco:Paco,Fran José:Pepe,Pepito Manuel:Manolo Ignacio:Nacho Jesús:Chus Dolores:Lola Concepción:Concha,Conchi María:Mari "
    "Francisca:Paqui Josefa:Pepa Mercedes:Merche Encarnación:Encarna Alejandro:Álex Enrique:Quique Antonio:Toni Rafael:Rafa Isabel:Isa "
    "Montserrat:Montse Inmaculada:Inma Guadalupe:Lupe Santiago:Santi",
)
