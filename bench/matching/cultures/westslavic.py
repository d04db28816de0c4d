"""Polish, Slovak and Czech, South Slavic (Croatian, Serbian) names."""

from __future__ import annotations

from bench.matching.culture import Culture, Passing

POLISH = Culture(
    key="polish",
    country="PL",
    share=11,
    abroad=("DE", "GB"),
    surnames="Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur "
    "Kwiatkowski Krawczyk Piotrowski Grabowski Nowakowski Pawłowski Michalski Nowicki Adamczyk Dudek Zając Wieczorek Jabłoński Król "
    "Majewski Olszewski Jaworski Wróbel Malinowski Pawlak Witkowski Walczak Stępień Górski Rutkowski Michalak Sikora Ostrowski Baran "
    "Duda Szewczyk Tomaszewski Pietrzak Marciniak Wróblewski Zalewski Jakubowski Sadowski Zawadzki Chmielewski Włodarczyk Borkowski "
    "Czarnecki Sawicki Sokołowski Urbański Kubiak Maciejewski Szczepański Kucharski Wilk Kalinowski Lis Mazurek Wysocki Kołodziej",
    head=0.22,
    stems="Bart Biał Biel Błasz Bog Borow Brzez Chrzan Cieś Czern Dąb Dobr Drozd Fal Gaj Gaw Głow Gór Grab Gręb Hab Jał Jan Jarz Jeż Kacz Kal Kam "
    "Karp Klim Kos Kras Krzyż Kuch Kur Lasec Lip Łaz Łuk Mal March Mich Młyn Moraw Muchow Niew Ochoc Olech Orł Pasz Paw Piek Pior Prus "
    "Przyb Radz Rog Rył Rzep Sien Skib Słow Sob Star Stęp Such Szcz Śliw Świd Tar Tom Trzc Tur Urb Wal Warch Wąs Wierzb Wilcz Wrób Zaj "
    "Zarz Zdun Żak Żuk",
    onsets="B Br Ch D Dr G Gr J K Kr L Ł M N P Pr R S Sk St T W Z Ż",
    rimes="ad aj ał ań arn asz ąb el eń ęd ib ich il isz och od ol ór osz ub ul urz yb yń",
    endings="ski owski ewski iński ecki icki iak czak ek ak czyk owicz ewicz ik ka a ała uch ura",
    male="Piotr Krzysztof Andrzej Tomasz Paweł Jan Michał Marcin Jakub Stanisław Adam Marek Łukasz Grzegorz Mateusz Wojciech Mariusz Dariusz "
    "Zbigniew Jerzy Maciej Rafał Robert Kamil Józef Jacek Tadeusz Dawid Ryszard Szymon Kacper Bartosz Henryk Janusz Sławomir Artur "
    "Mirosław Przemysław Władysław Zdzisław Wiesław Daniel Sebastian Patryk Damian Aleksander",
    female="Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Magdalena Elżbieta Joanna Aleksandra Zofia Monika Teresa Danuta Natalia "
    "Julia Karolina Marta Beata Dorota Alicja Jadwiga Janina Halina Jolanta Grażyna Iwona Irena Paulina Justyna Bożena Hanna Wiktoria "
    "Urszula Renata Sylwia Agata Weronika Wanda Patrycja Łucja",
    towns="Warszawa Kraków Łódź Wrocław Poznań Gdańsk Szczecin Bydgoszcz Lublin Białystok Katowice Gdynia Częstochowa Radom Toruń Kielce Rzeszów "
    "Gliwice Olsztyn Zielona_Góra Przemyśl Świdnica Płock Łomża",
    town_heads="Nowa_ Stara_ Dąb Jan Brzez Mała_ Wielka_ Kam Lip Rad Jaw Czarn Biał",
    town_tails="Wieś Wola rowa ów iny nica ówka ienica orzno owo ice Górna Ruda",
    regions="Małopolska Mazowsze Śląsk Podkarpacie Wielkopolska Pomorze",
    streets="ul._Główna ul._Szkolna ul._Polna ul._Leśna ul._Słoneczna ul._Krótka ul._Ogrodowa ul._Lipowa Rynek al._Jana_Pawła_II",
    street_patterns=("ul. {}", "al. {}", "os. {}", "pl. {}"),
    passing=Passing.GENDERED,
    feminine=(("ski", "ska"), ("cki", "cka"), ("dzki", "dzka")),
    takes_husbands_name=0.85,
    double_surname=0.05,
    spellings=(
        ("ł", "l"),
        ("sz", "sch"),
        ("cz", "tsch"),
        ("w", "v"),
        ("ś", "s"),
        ("ż", "z"),
        ("ó", "o"),
        ("ó", "u"),
        ("rz", "z"),
        ("ą", "a"),
        ("ą", "on"),
        ("ę", "e"),
        ("j", "y"),
    ),
    nicknames="Krzysztof:Krzysiek,Krzyś Katarzyna:Kasia Małgorzata:Gosia,Małgosia Agnieszka:Aga Stanisław:Staszek Andrzej:Jędrek Tomasz:Tomek Jakub:Kuba "
    "Grzegorz:Grzesiek Wojciech:Wojtek Aleksandra:Ola Magdalena:Magda Elżbieta:Ela Joanna:Asia Barbara:Basia Jan:Janek Józef:Józek Zofia:Zosia "
    "Zbigniew:Zbyszek Jerzy:Jurek Tadeusz:Tadek Aleksander:Olek Sławomir:Sławek Mirosław:Mirek Przemysław:Przemek Władysław:Władek Bartosz:Bartek",
    postal="##-###",
)

SLOVAK = Culture(
    key="slovak",
    country="SK",
    share=4,
    abroad=("CZ",),
    surnames="Horváth Kováč Varga Tóth Nagy Baláž Szabó Molnár Balog Lukáč Novák Kovács Poliak Gajdoš Kollár Hudák Németh Kováčik Oláh Oravec Novotný "
    "Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek Jelínek Král Růžička Beneš Fiala Sedláček Šimek Urban "
    "Bartoš Vlček Kříž Polák Čech Mašek Štěpánek Doležal Říha Hruška Žák Ševčík Šťastný",
    head=0.3,
    stems="Bar Bed Bier Blaž Boh Brez Buk Čer Chud Cib Dub Fab Gaj Greg Hal Hav Holub Hor Hrab Hruš Jan Jur Kal Kam Klim Kol Kop Kov Kraj Kub Lad Lip "
    "Luk Mac Mal Mar Mat Mich Miš Mrá Mul Nem Ond Pal Pav Peč Pet Pol Rad Rep Ryb Sed Sloup Smol Stan Such Šim Šker Šev Tom Tur Urb Vac Vald "
    "Vav Zah Záv Zem Žid",
    endings="ák ík ček ko ka a ec ek an áč áš oš uš ný ovský anský ský ina ura ela yk eš",
    male="Jozef Ján Peter Martin Michal Milan Tomáš Juraj Miroslav Marián Štefan Ladislav František Pavol Róbert Vladimír Lukáš Marek Jaroslav Jakub "
    "Filip Samuel Adam Dušan Ľuboš Ľubomír Radoslav Stanislav Jiří Petr Jan Josef Václav Zdeněk Karel Ondřej Matej Andrej Rastislav "
    "Igor Roman Viktor Eduard",
    female="Mária Anna Zuzana Katarína Eva Jana Helena Monika Ľudmila Zdenka Alžbeta Margita Viera Martina Lucia Lenka Veronika Michaela Ivana Kristína "
    "Natália Petra Barbora Simona Alena Jarmila Iveta Emília Nina Sofia Marie Hana Věra Kateřina Tereza Adéla Božena Gabriela Andrea "
    "Renáta Silvia Dagmar",
    towns="Bratislava Košice Prešov Žilina Banská_Bystrica Nitra Trnava Trenčín Martin Poprad Prievidza Zvolen Praha Brno Ostrava Plzeň Liberec "
    "Olomouc Michalovce České_Budějovice Ústí_nad_Labem Rimavská_Sobota",
    town_heads="Nová_ Stará_ Horná_ Dolná_ Veľké_ Malé_ Spišská_ Lip Bystr Kamen Hrad",
    town_tails="Ves Lehota Bystrica Teplá Kapušany any ice ovce ec ište Lúka",
    regions="Východné_Slovensko Morava Čechy Spiš Orava",
    streets="Hlavná Školská Záhradná Nová Štúrova Hviezdoslavova SNP Komenského Masarykova Nádražní",
    street_patterns=("{}ova", "ul. {}", "{} ulica", "Nám. {}"),
    passing=Passing.GENDERED,
    feminine=(
        ("ský", "ská"),
        ("ný", "ná"),
        ("ý", "á"),
        ("ka", "ková"),
        ("a", "ová"),
        ("ek", "ková"),
        ("ec", "cová"),
        ("o", "ová"),
        ("", "ová"),
    ),
    given_counts=(0.92, 0.07, 0.01),
    takes_husbands_name=0.85,
    spellings=(
        ("š", "s"),
        ("š", "sh"),
        ("č", "c"),
        ("č", "ch"),
        ("ž", "z"),
        ("ž", "zh"),
        ("ý", "i"),
        ("ř", "r"),
        ("v", "w"),
        ("á", "a"),
        ("ov", "ow"),
        ("ě", "je"),
    ),
    nicknames="Jozef:Jožo,Jožko Ján:Janko,Jano Štefan:Števo Katarína:Katka Zuzana:Zuzka Alžbeta:Betka Mária:Marika,Majka Vladimír:Vlado Michal:Mišo "
    "Ladislav:Laco František:Fero Miroslav:Miro Jiří:Jirka Kateřina:Káťa Juraj:Ďuro Ľubomír:Ľubo Rastislav:Rasťo Jaroslav:Jaro Helena:Helenka",
    postal="### ##",
)

CROATIAN = Culture(
    key="southslavic",
    country="HR",
    share=3,
    abroad=("RS", "BA", "SI", "ME"),
    surnames="Horvat Kovačević Babić Marić Jurić Novak Kovačić Knežević Vuković Marković Petrović Matić Tomić Pavlović Kovač Božić Blažević Grgić Perić "
    "Pavić Radić Šarić Filipović Vidović Lovrić Jovanović Nikolić Đorđević Ilić Stanković Stojanović Milošević Živković Đukić Hodžić "
    "Hadžić Čengić Omerović Halilović Zupančič Potočnik Krajnc Kralj Žagar Čović",
    head=0.3,
    stems="Anđel Bab Bar Ben Bilan Bog Brk Bul Crn Čol Ćur Dab Den Dod Drag Đur Fran Gal Gol Grab Grub Hus Iv Jak Jel Jer Kat Kne Kod Kor Krst Kuz Lat "
    "Luk Lon Mam Man Mij Mil Mir Mus Ned Obrad Or Pan Per Pet Prod Rad Rak Sal Sim Smilj Sok Stan Stip Šim Štef Tad Tom Tur Ug Ver Vid Vlah "
    "Vuj Vuk Zel Žar Žun",
    endings="ić ović ević anović inić ičić ac ek ar an ak aš etić ojević ušić enko",
    male="Ivan Marko Josip Stjepan Tomislav Željko Mario Ante Dragan Zoran Goran Nikola Petar Luka Milan Dušan Aleksandar Miloš Stefan Nenad Branko Darko "
    "Igor Davor Hrvoje Krešimir Mladen Slobodan Vladimir Đorđe Emir Amir Senad Edin Mirsad Admir Matej Žiga Boštjan Filip Božo Jakov",
    female="Marija Ana Ivana Mirjana Katarina Nada Dragica Ljubica Vesna Marina Jasna Jelena Milica Snežana Gordana Slavica Biljana Dragana Sanja Tanja "
    "Maja Petra Lucija Ema Mia Nikolina Željka Ružica Amina Lejla Emina Fatima Senada Špela Mateja Nataša Danijela Zorica Anđela Tea",
    towns="Zagreb Split Rijeka Osijek Zadar Beograd Novi_Sad Niš Sarajevo Banja_Luka Mostar Tuzla Zenica Ljubljana Maribor Podgorica Vukovar Šibenik "
    "Čačak Užice Požega Đakovo",
    town_heads="Novi_ Stari_ Gornji_ Donji_ Velika_ Mala_ Bosanski_ Slavonski_ Kra Vinko",
    town_tails="Grad Brod Selo Vakuf Polje Gorica Luka ljevo vac novac Petrovac Dol",
    regions="Slavonija Dalmacija Vojvodina Hercegovina Istra",
    streets="Glavna Školska Vukovarska Trg_slobode Nikole_Tesle Kralja_Tomislava Ilica Bulevar_oslobođenja",
    street_patterns=("Ulica {}", "{}a", "Trg {}", "Put {}"),
    given_counts=(0.96, 0.03, 0.01),
    takes_husbands_name=0.8,
    double_surname=0.06,
    spellings=(
        ("ć", "c"),
        ("ć", "ch"),
        ("č", "c"),
        ("č", "tch"),
        ("š", "s"),
        ("š", "sh"),
        ("đ", "d"),
        ("đ", "dj"),
        ("ž", "z"),
        ("ž", "zh"),
        ("j", "y"),
        ("dž", "dz"),
        ("c", "ts"),
    ),
    nicknames="Josip:Joso,Joža Stjepan:Štef,Stipe Tomislav:Tomo Aleksandar:Aca,Saša Nikola:Niko Dragica:Draga Vladimir:Vlado Katarina:Kata Milan:Mićo "
    "Slobodan:Boban Marija:Mara Krešimir:Krešo Jelena:Jeca Gordana:Goca Ivan:Ivica Petar:Pero",
)
