"""Congolese (post-names), West African (Ghana, Cameroon), Albanian and Kosovar names."""

from __future__ import annotations

from bench.matching.culture import Culture, Middle

CONGOLESE = Culture(
    key="congolese",
    country="CD",
    share=4,
    abroad=("CG", "RW", "BI", "BE", "AO"),
    surnames="Mukendi Kabongo Ilunga Mbuyi Tshibangu Kalala Ngoy Kasongo Mutombo Lukusa Kabeya Mulumba Kazadi Ntumba Mwamba Banza Kapinga Tshimanga Mpoyi Bakajika Nzuzi Mbala Lutumba Makiese "
    "Nsimba Nzuzi Matondo Kiala Diallo Mugisha Niyonzima Ndayishimiye Uwimana Habimana Nkurunziza Bizimana",
    head=0.35,
    onsets="B D K L M Mb Mp Mw N Nd Ng Nk Ns Nt Nz P S T Tsh W Y Z",
    rimes="aba abi ala ama anda ango asa atu eba ela emba eya ika ila imba inga isi oko ola ombe ongo osi uka ula umba undu unga uya",
    endings="-0 la lu mba ndi ngo ni na si ta tu ya yi",
    male="Jean Joseph Pierre Paul Emmanuel Patrick Christian Didier Jean-Pierre Alain Dieudonné Serge Trésor Fiston Blaise Papy Guy Héritier Michel François André Félicien Innocent Olivier Théo "
    "Gloire Dieumerci Jonathan Éric Faustin Augustin Cédric Junior Freddy Gédéon Exaucé Bienvenu",
    female="Marie Jeanne Thérèse Bernadette Chantal Béatrice Rose Julie Nadine Mireille Clarisse Divine Grâce Naomie Esther Ruth Rachel Sarah Gloria Francine Solange Claudine Espérance Immaculée "
    "Vestine Brigitte Angélique Pascaline Merveille Plamedi Bénédicte Godelieve Antoinette Scholastique",
    towns="Kinshasa Lubumbashi Mbuji-Mayi Kananga Kisangani Bukavu Goma Matadi Kolwezi Likasi Boma Brazzaville Kigali Bujumbura Uvira Luanda Pointe-Noire Mbandaka",
    town_heads="Ka Lu Mu Ki Tshi Mwe Bu Ma",
    town_tails="lemie kasi nene balo dima puta zumu tanga konde ngu vumbi",
    regions="Kasaï Katanga Kivu Bas-Congo",
    streets="avenue_Lumumba avenue_Kasa-Vubu boulevard_du_30_Juin avenue_de_la_Paix quartier_Matonge avenue_Université",
    street_patterns=("avenue {}", "rue {}", "quartier {}", "commune de {}"),
    middle=Middle.POST_NAME,
    middle_stated=0.6,
    given_counts=(0.75, 0.22, 0.03),
    takes_husbands_name=0.12,
    one_name=0.002,
    january=0.02,
    incomplete=0.02,
    spellings=(
        ("tsh", "ch"),
        ("ou", "u"),
        ("w", "ou"),
        ("y", "i"),
        ("mb", "b"),
        ("nz", "z"),
        ("é", "e"),
        ("k", "c"),
        ("ll", "l"),
        ("ng", "n"),
    ),
    nicknames="Jean-Pierre:JP Dieudonné:Dieu,Donné Christian:Chris Emmanuel:Manu Espérance:Espé Bernadette:Berna Patrick:Pat Joseph:Jo Thérèse:Trésia Angélique:Angel Augustin:Gusti Antoinette:Toinette",
    postal="",
)

WEST_AFRICAN = Culture(
    key="westafrican",
    country="GH",
    share=3,
    abroad=("CM", "SN", "GN", "CI"),
    surnames="Mensah Owusu Osei Boateng Appiah Asante Agyeman Amoah Ofori Adjei Addo Diallo Barry Bah Sow Camara Traoré Coulibaly Koné Ouattara Ndiaye Diop Fall Sarr Touré Keïta Cissé Ngono Mbarga "
    "Tchoupo Fotso Kamga Nguema Essomba Konadu Frimpong Antwi",
    head=0.55,
    onsets="A Ab Ad Am An As B Bo D Di E F Fo G K Ko Kw L M Mb N Nd Ng Ny O Ow S T Tch Y",
    rimes="a aa ako ama anti aye effa eku eng era ewa ia ima iri oah odu ofo oko ombo ori otso ouma uah undi uya",
    endings="-0 h ba bi dou ga go ko la ma ng nte ssi ye",
    male="Kwame Kofi Kwaku Yaw Kwabena Kwasi Emmanuel Samuel Daniel Isaac Michael Joseph Mamadou Ibrahima Amadou Moussa Ousmane Cheikh Abdoulaye Alpha Boubacar Souleymane Jean Paul Serge Hervé Rodrigue "
    "Franck Sékou Lamine Papa Modou Issa Seydou Prince Ebenezer",
    female="Akosua Ama Abena Adwoa Afia Akua Yaa Esther Grace Mary Comfort Fatoumata Mariama Aïssatou Aminata Kadiatou Fatou Awa Aminatou Hawa Binta Ramatoulaye Oumou Marie Chantal Solange Vanessa Carine "
    "Nathalie Mercy Patience Gifty Ndeye Khady Sokhna",
    towns="Accra Kumasi Tamale Tema Douala Yaoundé Bafoussam Dakar Thiès Saint-Louis Conakry Labé Kankan Abidjan Bouaké Bamako Kayes Cape_Coast",
    town_heads="Ada Ako Ban Dou Fou Gou Kou Man Nka Tou",
    town_tails="ba kro so gou mba dou ndi kum bougou la",
    regions="Ashanti Fouta Casamance Littoral",
    streets="Ring_Road Independence_Avenue avenue_Bourguiba rue_10 boulevard_de_la_Liberté Liberation_Road",
    street_patterns=("{} Street", "rue {}", "avenue {}", "quartier {}", "{} Road"),
    given_counts=(0.6, 0.38, 0.02),
    takes_husbands_name=0.2,
    january=0.08,
    incomplete=0.02,
    spellings=(
        ("ou", "u"),
        ("ou", "oo"),
        ("é", "e"),
        ("ï", "i"),
        ("dj", "j"),
        ("dj", "gy"),
        ("oua", "wa"),
        ("tch", "ch"),
        ("ah", "a"),
        ("k", "c"),
        ("iss", "is"),
        ("ye", "ie"),
        ("ll", "l"),
    ),
    nicknames="Emmanuel:Emma,Manu Mamadou:Mamad,Doudou Fatoumata:Fatou,Fanta Aïssatou:Aïcha,Aïssa Mariama:Mama Samuel:Sammy Boubacar:Bouba Souleymane:Souley,Jules Ousmane:Ous Kadiatou:Kadia "
    "Ibrahima:Ibou Abdoulaye:Abdou,Laye Aminata:Ami",
    postal="",
)

ALBANIAN = Culture(
    key="albanian",
    country="AL",
    share=3,
    abroad=("XK", "MK"),
    surnames="Hoxha Shehu Hysa Gjoka Leka Marku Prifti Çela Dervishi Kola Krasniqi Gashi Berisha Morina Shala Bytyqi Kryeziu Thaçi Hasani Rexhepi Mehmeti Osmani Halili Ibrahimi Sejdiu Haxhiu Zeqiri Muça "
    "Xhaka Bajrami Ademi Ahmeti Gjonaj",
    head=0.4,
    stems="Ad Agol Al Aliaj Ar As Avd Bal Bard Bej Beqir Bib Brah Buj Bush Cen Çak Dai Dem Dod Dur Elez Fer Fet Frash Gjer Gjon Gul Haj Hamz Hal Has Haxh Hys Idr Jah Jash Kad Kap Kast Kon Kras Kup Lam Lik Lul "
    "Mal Man Met Muh Mur Myrt Ndo Nik Ok Pal Paj Per Pllum Qos Ram Rex Sad Sal Sef Shab Shaq Sin Spah Sul Shkr Tah Tot Thaq Uk Vel Vok Xhaf Xhem Zek Zog Zyb",
    endings="i aj iu a o aku ani oli eti uli ollari ari ini ushi",
    male="Arben Agim Besnik Bujar Fatmir Ilir Luan Gëzim Shpëtim Artan Driton Valon Blerim Burim Naim Petrit Skënder Xhevdet Ismail Ramadan Gjergj Ardit Erion Altin Dritan Endrit Kujtim Sokol Arbër Besim "
    "Genc Liridon Qemal Bekim Faton",
    female="Mimoza Drita Valbona Fatmire Shpresa Vjollca Lindita Teuta Arta Albana Blerta Elona Ermira Flutura Arjeta Besa Donika Merita Luljeta Entela Majlinda Nexhmije Zana Rina Era Sara Elira Dafina Vlora Ganimete "
    "Hatixhe Suzana Jonida Klaudia",
    towns="Tirana Durrës Vlorë Shkodër Elbasan Korçë Fier Berat Lushnjë Prishtinë Prizren Pejë Gjakovë Gjilan Mitrovicë Ferizaj Tetovë Skopje Kukës Gjirokastër",
    town_heads="Shën Fush Gur Lis Mal Qaf Bre Kod",
    town_tails="koll ë Kosovë gjin zi asi shtan bardhë emir",
    regions="Kosovë Dukagjin Labëri",
    streets="Rruga_e_Durrësit Rruga_Skënderbeu Bulevardi_Nënë_Tereza Rruga_Adem_Jashari Rruga_e_Kavajës",
    street_patterns=("Rruga {}", "Rr. {}", "Bulevardi {}"),
    given_counts=(0.97, 0.03, 0.0),
    takes_husbands_name=0.75,
    january=0.01,
    spellings=(
        ("ç", "c"),
        ("ç", "ch"),
        ("ë", "e"),
        ("xh", "dj"),
        ("xh", "x"),
        ("q", "ch"),
        ("q", "k"),
        ("gj", "dj"),
        ("gj", "g"),
        ("ll", "l"),
        ("sh", "s"),
        ("y", "i"),
        ("ë", ""),
    ),
    nicknames="Gjergj:Gjergji Skënder:Skender,Lander Arben:Beni Besnik:Niku Ramadan:Dani Valbona:Bona Majlinda:Linda Kujtim:Timi Ismail:Maili Fatmir:Miri",
    postal="####",
)
