"""Dutch and Flemish, German, English and Irish names."""

from __future__ import annotations

from bench.matching.culture import Culture

DUTCH = Culture(
    key="dutch",
    country="NL",
    share=7,
    abroad=("BE", "DE"),
    surnames="De_Jong Jansen De_Vries Van_den_Berg Van_Dijk Bakker Janssen Visser Smit Meijer De_Boer Mulder De_Groot Bos Vos "
    "Peters Hendriks Van_Leeuwen Dekker Brouwer De_Wit Dijkstra Smits De_Graaf Van_der_Meer Peeters Janssens Maes "
    "Jacobs Mertens Willems Claes Goossens Wouters De_Smet Vermeulen Van_den_Broeck Van_Damme Aerts De_Clercq "
    "Hermans Michiels Verhoeven Van_Hoof Desmet Vandenberghe Vercauteren Lemmens D'Hondt D'Haese 't_Hart Van_'t_Hof",
    head=0.3,
    stems="Broek Berg Bosch Dijk Veld Meer Kerk Hoek Linden Eik Beek Molen Haag Poel Waal Velde Stee Woud Heide Horst Loo "
    "Eynde Bergh Driess Houte Kamp Laer Steen Wiel Zande Zijl",
    onsets="B Br D Dr F G Gr H J K Kl Kr L M N P R S Sch Sl St T Tr V W Z",
    rimes="aak aal aan ees een eil ein erk elm ens ep ield ijn ink oen oer oge ol om oot or oss ouw uij uil",
    endings="-0 s sen man mans kens ma stra inga ers aert huis veld kamp broek hout steen hoven",
    particles="van de van_de van_den van_der ter ten vande",
    particled=0.22,
    male="Jan Johannes Pieter Willem Hendrik Cornelis Thomas Daan Sem Lucas Luuk Bram Tim Jeroen Mark Erik Peter Marc Luc Dirk "
    "Bart Koen Wim Hans Jozef Joris Maarten Geert Kris Stijn Niels Ruben Jesse Lars Sander Rik Frans Gerrit Theo Tijs "
    "Wouter Robbe Arne Seppe Jelle Coenraad Adriaan Hubrecht",
    female="Maria Johanna Anna Elisabeth Emma Sophie Julia Lotte Eva Lisa Sara Laura Anouk Femke Ingrid Els Katrien An Ann "
    "Anne Hilde Greet Lieve Marijke Annelies Saskia Wilhelmina Cornelia Hendrika Petra Monique Nele Sofie Fleur Roos Noor "
    "Tess Lieke Sanne Marieke Griet Hildegarda Truus Geertruida Liesbeth Veerle Tine Joke",
    towns="Amsterdam Rotterdam Den_Haag Utrecht Eindhoven Groningen Tilburg Breda Nijmegen Arnhem Maastricht 's-Hertogenbosch "
    "Roosendaal Terneuzen Venlo Weert Zwolle Leeuwarden Antwerpen Gent Brugge Leuven Hasselt",
    town_heads="Nieuw Oud Ooster Wester Noord Zuid Zwaan Berg Beek Wolf Huls Schoon Lind Eik",
    town_tails="kerk dorp hoven veen dam wijk burg rade loo beek kerke monde voort drecht meer",
    regions="Noord-Brabant Limburg Zeeland Gelderland Zuid-Holland Friesland",
    streets="Dorpsstraat Kerkstraat Stationsstraat Molenweg Schoolstraat Nieuwstraat Hoofdstraat Julianalaan Wilhelminastraat",
    street_patterns=("{}straat", "{}laan", "{}weg", "{}plein", "{}hof", "{}kade"),
    given_counts=(0.45, 0.35, 0.2),
    takes_husbands_name=0.25,
    double_surname=0.06,
    spellings=(
        ("ij", "y"),
        ("ij", "ÿ"),
        ("ks", "x"),
        ("k", "c"),
        ("ae", "aa"),
        ("oe", "oo"),
        ("gh", "g"),
        ("uy", "ui"),
    ),
    nicknames="Johannes:Jan,Hans,Johan Hendrik:Henk,Rik Willem:Wim,Pim Cornelis:Kees,Cor Pieter:Piet Elisabeth:Liesbeth,Els,Betty "
    "Wilhelmina:Willy,Mien Johanna:Joke,Jo Cornelia:Corrie Coenraad:Koen Geertruida:Truus Jozef:Jef Maria:Mia,Riet Frans:Sus",
    postal="#### AA",
)

GERMAN = Culture(
    key="german",
    country="DE",
    share=5,
    abroad=("AT", "CH", "LU"),
    surnames="Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf "
    "Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Schmid "
    "Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Groß "
    "Voß Böhm Günther Strauß Preuß Fürst",
    head=0.28,
    stems="Acker Berg Blum Brand Brück Bruch Buch Dorn Eich Eis Feld Fels Gold Grün Hasel Herz Hirsch Holz Kalt Kirch Königs Kraut "
    "Linden Löwen Mühl Neu Ober Rosen Roth Schön Silber Sonnen Stein Stern Tannen Unter Wald Weid Wein Wiesen Wolf Weiß Groß "
    "Hüb Jäg Schütz Röm Bähr",
    onsets="B Br D F Fr G Gr H K Kl Kr L M N Pf R S Sch Schl Schm St T Tr W Z",
    rimes="ab ag ahl all and ann arz aub echt eck eib ell end enk erl ett iel ilt inz itt ock ohl öll ött ub uhn ül unk",
    endings="-0 er mann bach berger hofer meier müller feld stein hauer ner ler ing hardt städter huber inger rich",
    particles="von Von_der Freiherr_von",
    particled=0.01,
    male="Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Günther Stefan Christian Martin Frank Bernd Uwe Hans Jens Jörg Dieter "
    "Markus Matthias Lukas Leon Finn Jonas Maximilian Felix Paul Niklas Tobias Florian Sebastian Daniel Jan Ralf Rainer Björn "
    "Götz Söhnke Heinrich Friedrich Karl Ludwig Johannes Joseph Werner Manfred Helmut",
    female="Ursula Karin Helga Sabine Monika Renate Andrea Petra Claudia Susanne Birgit Gabriele Brigitte Martina Stefanie Julia "
    "Katharina Anna Laura Lena Sarah Hannah Mia Lea Jana Sandra Nicole Melanie Jutta Käthe Bärbel Hannelore Elfriede Gertrud "
    "Johanna Margarethe Elisabeth Christine Ute Silke Heike Anja Kerstin Annika",
    towns="Berlin Hamburg München Köln Frankfurt_am_Main Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Dresden Nürnberg "
    "Duisburg Aachen Saarbrücken Trier Bonn Münster Wien Graz Zürich Eupen",
    town_heads="Ober Unter Nieder Neu Alt Groß Klein Bad_ Königs Mühl Schön Grün Lindenau Wolfs Eichen",
    town_tails="dorf hausen heim berg burg stadt bach feld kirchen ingen walde brück au rode",
    regions="Bayern Sachsen Nordrhein-Westfalen Hessen Rheinland-Pfalz Thüringen",
    streets="Hauptstraße Schulstraße Bahnhofstraße Gartenstraße Dorfstraße Bergstraße Lindenweg Goethestraße Schillerstraße Mühlweg",
    street_patterns=("{}straße", "{}weg", "{}gasse", "{}platz", "{}ring", "{}allee"),
    spellings=(
        ("ü", "ue"),
        ("ö", "oe"),
        ("ä", "ae"),
        ("ß", "ss"),
        ("ai", "ei"),
        ("ei", "ey"),
        ("f", "ph"),
        ("k", "c"),
        ("th", "t"),
        ("tt", "t"),
    ),
    nicknames="Johannes:Hans,Jo Michael:Michi Wolfgang:Wolf Andreas:Andi Katharina:Kathi,Käthe Elisabeth:Lisa,Sissi,Elli Stefan:Steff "
    "Margarethe:Grete,Gretel Friedrich:Fritz Heinrich:Heinz,Heiner Maximilian:Max Joseph:Sepp Gertrud:Trude Christine:Christel "
    "Sebastian:Basti Ursula:Uschi Susanne:Susi Manfred:Manni",
    joined_given=0.05,
    takes_husbands_name=0.75,
    double_surname=0.05,
)

ENGLISH = Culture(
    key="english",
    country="GB",
    share=3,
    abroad=("IE", "US", "ZA"),
    surnames="Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood "
    "Jackson Clarke Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor O'Neill O'Reilly Doyle McCarthy Gallagher Doherty "
    "Kennedy Lynch Murray McLoughlin O'Carroll MacDonald Campbell Stewart Robertson Thomson McKenzie FitzGerald St_John",
    head=0.35,
    stems="Ash Black Brad Broad Burn Clay Cold Deer East Fair Fern Gold Green Hart Haw Hazel Hey Hill Kirk Lang Long Mill Moor New North "
    "Oak Pem Rad Red Ship South Stan Stone Sut Thorn Wal Wes Whit Win Wood",
    onsets="B Br C Cr D F Fl G Gr H K L M N P Pr R S Sh St T Th W",
    rimes="all an and ard ark art att eld ell end enn er ick ill in ing it ock old on ood ort ow ull un urn ut",
    endings="-0 s son ton ley ford ham worth well field wood by more shaw man ridge ington croft",
    male="David John Michael James Andrew Paul Peter Robert Mark Stephen Richard Christopher William Thomas Matthew Daniel Anthony Steven "
    "Patrick Sean Liam Conor Jack Oliver Harry George Charlie Oscar Alfie Kevin Brian Alan Graham Simon Philip Edward Joseph "
    "Kieran Declan Séamus Pádraig Alexander Benjamin Samuel",
    female="Susan Margaret Sarah Karen Julie Helen Christine Elizabeth Emma Jane Linda Patricia Claire Nicola Michelle Alison Amanda Mary "
    "Catherine Rebecca Laura Rachel Charlotte Sophie Olivia Amelia Isla Emily Jessica Grace Siobhán Aoife Niamh Bridget Deirdre "
    "Ann Anne Louise Victoria Alexandra Jennifer Deborah Kathleen",
    towns="London Birmingham Manchester Leeds Glasgow Liverpool Bristol Sheffield Edinburgh Cardiff Belfast Dublin Cork Galway Limerick "
    "Leicester Nottingham Newcastle_upon_Tyne Southampton Plymouth",
    town_heads="Ash Black Bridge Brad Burn East Great_ Little_ High Long Mar New North Stoke Upper_ West Wood",
    town_tails="ford ton ham bury bridge worth ley field mouth chester stead well by",
    regions="Kent Essex Yorkshire Lancashire Munster Leinster Devon",
    streets="High_Street Station_Road Church_Lane London_Road Victoria_Road Main_Street Park_Avenue Queens_Road Mill_Lane Green_Lane",
    street_patterns=("{} Street", "{} Road", "{} Lane", "{} Avenue", "{} Close", "{} Drive"),
    given_counts=(0.35, 0.55, 0.1),
    spellings=(
        ("ph", "f"),
        ("y", "ie"),
        ("ck", "k"),
        ("mc", "mac"),
        ("o'", "o "),
        ("o'", "o"),
        ("ee", "ea"),
        ("e ", " "),
        ("ai", "ay"),
        ("tt", "t"),
    ),
    nicknames="Robert:Rob,Bob William:Bill,Will,Liam Richard:Rick,Dick Elizabeth:Liz,Beth,Eliza Margaret:Maggie,Peggy Catherine:Kate,Cathy "
    "Michael:Mike,Mick James:Jim,Jamie Christopher:Chris Anthony:Tony Thomas:Tom Edward:Ted,Ed Joseph:Joe Patricia:Pat,Trish "
    "Jennifer:Jenny Deborah:Debbie Rebecca:Becky Alexander:Alex,Sandy Matthew:Matt Daniel:Dan Benjamin:Ben Samuel:Sam Patrick:Pat,Paddy "
    "Kathleen:Kath,Kay Victoria:Vicky Andrew:Andy David:Dave Stephen:Steve Alexandra:Alex,Sandra",
    takes_husbands_name=0.7,
    postal="AA# #AA",
)
