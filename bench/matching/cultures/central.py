"""Hungarian, Lithuanian and Latvian, Turkish names."""

from __future__ import annotations

from bench.matching.culture import Culture, Passing

HUNGARIAN = Culture(
    key="hungarian",
    country="HU",
    share=4,
    abroad=("RO", "SK"),
    surnames="Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Lakatos Takács Juhász Oláh Mészáros Simon Rácz Fekete Szilágyi Török Fehér "
    "Balázs Gál Kis Szűcs Orsós Kocsis Fodor Pintér Szalai Sipos Magyar Lukács Gulyás Bíró Király Katona László Jakab Bogdán Bognár Kelemen Vörös Budai "
    "Somogyi Fazekas Hegedüs Csordás Győri",
    head=0.4,
    stems="Alföld Almás Bak Bán Bárány Békés Bereg Bod Borsod Csáki Csák Cson Dar Debrecen Dobos Ecsed Erd Fark Földv Gál Gyar Haj Hal Hev Ját Kál Kanizs Kár Kem Kecskés "
    "Komár Kőr Kun Lov Mak Mező Miskolc Nád Nyír Ób Pálf Pás Pet Pécs Rák Rét Sár Seb Sík Sző Szeg Szék Szent Tam Tát Tis Új Vad Vár Véc Vég Zal Zent Zsol",
    endings="i si y hegyi vári falvi házi sy ai fi mári védi kúti inszky a os dy ák",
    male="László József István János Zoltán Sándor Gábor Ferenc Attila Péter Tamás Zsolt Tibor András Csaba Imre Lajos György Balázs Gyula Mihály Károly Róbert Béla "
    "Dániel Krisztián Ádám Norbert Bence Máté Dávid Levente Dominik Richárd Szabolcs Miklós Árpád Jenő Ákos Kálmán",
    female="Mária Erzsébet Katalin Ilona Éva Anna Zsuzsanna Margit Judit Ágnes Andrea Julianna Erika Krisztina Ildikó Irén Eszter Magdolna Edit Mónika Szilvia Gabriella "
    "Rozália Anita Tünde Piroska Viktória Zsófia Réka Dóra Nikolett Anikó Hajnalka Tímea Boglárka Fruzsina Noémi Csilla Klára Beáta",
    towns="Budapest Debrecen Szeged Miskolc Pécs Győr Nyíregyháza Kecskemét Székesfehérvár Szombathely Szolnok Tatabánya Kaposvár Békéscsaba Eger Zalaegerszeg Sopron "
    "Marosvásárhely Csíkszereda Hódmezővásárhely",
    town_heads="Kis Nagy Új Ó Felső Alsó Magyar Mező Tisza Bal Szent",
    town_tails="falu vár kanizsa kőrös hegy mező kút telek szállás györgy bánya",
    regions="Alföld Erdély Zala Baranya Szabolcs",
    streets="Kossuth_Lajos_utca Petőfi_Sándor_utca Rákóczi_út Fő_utca Ady_Endre_utca Dózsa_György_út Széchenyi_tér",
    street_patterns=("{} utca", "{} út", "{} tér", "{} köz", "{} sétány"),
    given_counts=(0.85, 0.14, 0.01),
    takes_husbands_name=0.55,
    double_surname=0.04,
    spellings=(
        ("ő", "o"),
        ("ő", "oe"),
        ("ű", "u"),
        ("ű", "ue"),
        ("ö", "o"),
        ("ü", "u"),
        ("sz", "s"),
        ("s", "sh"),
        ("cs", "ch"),
        ("zs", "z"),
        ("gy", "dj"),
        ("á", "a"),
        ("é", "e"),
        ("th", "t"),
        ("cz", "c"),
        ("j", "y"),
    ),
    nicknames="László:Laci József:Jóska,Józsi István:Pista,Isti János:Jani Sándor:Sanyi Erzsébet:Bözsi,Erzsi Katalin:Kati Ilona:Ili Zsuzsanna:Zsuzsa,Zsuzsi Mihály:Misi "
    "Ferenc:Feri Zoltán:Zoli György:Gyuri Gábor:Gabi Judit:Jutka Krisztina:Kriszti Andrea:Andi Attila:Ati András:Bandi Margit:Manci Mária:Mari,Marika",
    postal="####",
)

LITHUANIAN = Culture(
    key="baltic",
    country="LT",
    share=3,
    abroad=("LV",),
    surnames="Kazlauskas Jankauskas Petrauskas Stankevičius Paulauskas Žukauskas Vasiliauskas Butkus Urbonas Kavaliauskas Navickas Ramanauskas Savickas Šimkus "
    "Bagdonas Jonaitis Rimkus Žilinskas Grigas Mockus Bērziņš Kalniņš Ozoliņš Jansons Liepiņš Krūmiņš Balodis Eglītis Zariņš Pētersons Vītols Kļaviņš",
    head=0.3,
    stems="Adom Al Ambraz Andriu Ast Bal Balt Bart Barz Biel Bruž Bud Bur Čep Dail Dain Dam Dap Dau Dirg Dom Gab Gail Ged Gel Gerv Girg Grik Gud Jag Jak Jas Juod "
    "Jur Kal Karal Kair Kar Keb Kiau Kond Kriau Kub Kuz Lauk Lin Luk Mač Maž Mik Min Nark Norv Pak Pet Pil Poc Pov Rad Raz Rim Sab Sad Sak Šar Ser Skuč "
    "Stan Ste Suk Tam Tar Tum Vait Val Ven Vil Zub Žem Žiog",
    endings="auskas inskas evičius avičius utis onis aitis ėnas ūnas ys is as us kus elis iņš",
    male="Jonas Antanas Vytautas Juozas Kazys Tomas Mindaugas Darius Andrius Saulius Gintaras Arūnas Rimantas Algirdas Kęstutis Linas Marius Mantas Lukas Nojus "
    "Žygimantas Jānis Andris Juris Edgars Māris Aivars Pēteris Valdis Ģirts Artūrs Kārlis Ričardas Paulius Giedrius Virginijus",
    female="Ona Janina Irena Genovaitė Danutė Rasa Daiva Jolanta Rita Vida Inga Jurgita Asta Kristina Laura Lina Živilė Eglė Giedrė Ieva Emilija Gabija Austėja "
    "Anna Līga Inese Ilze Kristīne Aija Dace Elīna Zane Sandra Aušra Vilma Birutė Rūta Simona",
    towns="Vilnius Kaunas Klaipėda Šiauliai Panevėžys Alytus Marijampolė Mažeikiai Utena Rīga Daugavpils Liepāja Jelgava Ventspils Rēzekne Kėdainiai Telšiai",
    town_heads="Naujoji_ Senoji_ Did Maž Kal Ber Upy Žemai Kriv Pag",
    town_tails="Akmenė Vilnia žiai ninkai iškiai tė ėnai giriai krantė lauka",
    regions="Žemaitija Aukštaitija Dzūkija Latgale Kurzeme",
    streets="Vilniaus_g. Kauno_g. Gedimino_pr. Vytauto_g. Laisvės_al. Brīvības_iela Mokyklos_g. Taikos_pr.",
    street_patterns=("{} g.", "{} pr.", "{} iela", "{} al."),
    passing=Passing.GENDERED,
    feminine=(
        ("ius", "ienė"),
        ("iņš", "iņa"),
        ("as", "aitė"),
        ("is", "ytė"),
        ("us", "utė"),
        ("ys", "ytė"),
        ("ons", "one"),
        ("ols", "ola"),
    ),
    given_counts=(0.93, 0.07, 0.0),
    takes_husbands_name=0.75,
    spellings=(
        ("š", "s"),
        ("š", "sh"),
        ("ž", "z"),
        ("č", "c"),
        ("č", "ch"),
        ("ė", "e"),
        ("ū", "u"),
        ("ņ", "n"),
        ("ī", "i"),
        ("v", "w"),
        ("j", "y"),
        ("k", "c"),
        ("ķ", "k"),
    ),
    nicknames="Vytautas:Vytas Juozas:Juozapas Kazys:Kazimieras Antanas:Antas Genovaitė:Genė Kristina:Kristė Algirdas:Algis Danutė:Dana Gintaras:Gintas Rimantas:Rimas "
    "Žygimantas:Žygis Ona:Onutė Emilija:Emi",
    postal="LT-#####",
)

TURKISH = Culture(
    key="turkish",
    country="TR",
    share=4,
    abroad=("BE", "DE", "BG"),
    surnames="Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Korkmaz Özcan Çakır Erdoğan "
    "Yavuz Can Acar Şen Aktaş Güler Yalçın Güneş Bozkurt Bulut Keskin Ünal Turan Gül Özer Işık Kaplan Avcı Sarı Tekin Taş Köse Yüksel Ateş Aksoy",
    head=0.5,
    stems="Ak Al Altın Ar Ay Baş Bay Bil Boz Büyük Can Çam Dağ Dem Deniz Dur Er Ev Gök Gül Gün Güç Has Kal Kan Kar Kara Kaya Kır Kızıl Koca Kork Köse Kurt Mutlu Öz Pek Sağ Sar "
    "Sev Soy Su Şen Tan Taş Tok Top Tun Tür Uç Ulu Ün Uz Var Yal Yaz Yeni Yol Yurt Yüz Zor",
    endings="türk soy er dağ taş kaya oğlu demir man maz bay han lı cı kan alp gün ay bek tepe su göz bulut özü el",
    male="Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Ramazan Halil Süleyman Abdullah Mahmut Recep Salih Fatih Kadir Emre Hakan Adem Kemal "
    "Yaşar Bekir Musa Metin Orhan Burak Serkan Furkan Eren Yiğit Çağlar Gökhan Uğur Barış Şükrü",
    female="Fatma Ayşe Emine Hatice Zeynep Elif Meryem Şerife Zehra Sultan Hanife Merve Havva Zeliha Esra Özlem Yasemin Hülya Sevim Gülsüm Leyla Dilek Büşra Ebru Rabia "
    "Songül Filiz Aysel Sibel Tuğba Gamze Kübra Nurcan Aylin Selin Defne Çiğdem Gönül Döndü Melek",
    towns="İstanbul Ankara İzmir Bursa Antalya Adana Konya Gaziantep Şanlıurfa Kayseri Emirdağ Eskişehir Diyarbakır Samsun Denizli Afyonkarahisar Trabzon Malatya Kırşehir "
    "Yozgat Sivas Posof",
    town_heads="Ak Kara Yeni Eski Büyük Küçük Gök Kızıl Boz Taş",
    town_tails="köy pınar hisar şehir su ören tepe kaya dere yurt ağaç",
    regions="Anadolu Karadeniz Afyon Orta_Anadolu",
    streets="Atatürk_Caddesi Cumhuriyet_Caddesi İnönü_Caddesi Gazi_Bulvarı Fatih_Sokak Lale_Sokak Menekşe_Sokak",
    street_patterns=("{} Caddesi", "{} Sokak", "{} Bulvarı", "{} Mahallesi"),
    given_counts=(0.75, 0.24, 0.01),
    takes_husbands_name=0.85,
    january=0.03,
    incomplete=0.004,
    spellings=(
        ("ş", "s"),
        ("ş", "sh"),
        ("ç", "c"),
        ("ç", "ch"),
        ("ğ", "g"),
        ("ğ", "gh"),
        ("ı", "i"),
        ("ö", "o"),
        ("ö", "oe"),
        ("ü", "u"),
        ("ü", "ue"),
        ("c", "dj"),
        ("et", "ed"),
        ("y", "j"),
        ("ğ", ""),
    ),
    nicknames="Mehmet:Memo,Mehmed İbrahim:İbo Mustafa:Mısto Hüseyin:Hüso Ramazan:Ramo Fatma:Fadime,Fatoş Ayşe:Ayşegül Süleyman:Sülo Abdullah:Apo Zeynep:Zeyno Hatice:Hatçe "
    "Emine:Eminę İsmail:İsmo Hasan:Haso Zeliha:Zeliş",
    postal="#####",
)
