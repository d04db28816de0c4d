"""Bulgarian, Ukrainian and Russian, Greek names: other scripts at home, by several tables in Latin letters."""

from __future__ import annotations

from bench.matching.culture import Culture, Middle, Passing

BULGARIAN = Culture(
    key="bulgarian",
    country="BG",
    share=9,
    abroad=("TR", "MK"),
    surnames="Ivanov Georgiev Dimitrov Petrov Nikolov Hristov Stoyanov Todorov Iliev Vasilev Atanasov Petkov Angelov Kolev Yordanov Marinov Stefanov "
    "Popov Mihaylov Kostov Mladenov Borisov Simeonov Asenov Yankov Aleksandrov Pavlov Rusev Mitev Tsvetkov Zhelev Genchev Penev Krastev "
    "Hadzhiev Shterev Yakimov Mehmedov Ahmedov Yuseinov Dzhambazov Apostolov",
    head=0.55,
    stems="Ang Balk Bani Bob Boy Chak Chern Dac Dim Dob Donch Drag Gan Ger Gosh Grig Ignat Ivaylo Kal Kan Karap Kiril Koych Kras Kun Lazar Lyub Mal Man Mar "
    "Milch Min Mom Nach Nayd Ned Nen Ognyan Pav Pench Pey Plam Rad Ray Rum Sab Sav Shish Slav Sot Spas Stanch Stoim Strash Tan Ter Tonch Trif "
    "Tsank Tsv Uzun Valch Vel Vich Vlad Yan Yov Zah Zlat",
    endings="ov ev kov chev anov inov ovski enov akov liev",
    male="Georgi Ivan Dimitar Nikola Aleksandar Petar Hristo Yordan Todor Stefan Krasimir Plamen Martin Vasil Kiril Boris Rumen Stoyan Angel Valentin "
    "Viktor Daniel Svetoslav Atanas Emil Ivaylo Nikolay Lyubomir Tsvetan Asen Bozhidar Zhivko Yasen Ognyan Kaloyan Mehmed Ahmed Hyusein Simeon "
    "Mihail Ilia",
    female="Maria Ivanka Elena Yordanka Penka Mariya Rositsa Vasilka Gergana Desislava Tsvetana Viktoria Aleksandra Teodora Ivana Radka Stanka Stefka "
    "Petya Daniela Silvia Svetla Tanya Nadezhda Anna Galina Veselina Milena Zhivka Snezhana Rumyana Yana Hristina Ralitsa Fatme Aishe Emine Kalina "
    "Polina Lyudmila",
    towns="Sofia Plovdiv Varna Burgas Ruse Stara_Zagora Pleven Sliven Dobrich Shumen Pernik Haskovo Yambol Pazardzhik Blagoevgrad Veliko_Tarnovo "
    "Vratsa Gabrovo Vidin Kardzhali Razgrad Targovishte",
    town_heads="Gorna_ Dolna_ Novo_ Staro_ Malko_ Golyamo_ Kameno Dobro Cherno Beli Ivano",
    town_tails="Selo vo Oryahovitsa Banya pole Izvor Mitropolia vets Tarnovo ovo itsa",
    regions="Kardzhali Dobrudzha Rodopi Montana Pirin",
    streets="ul._Vasil_Levski ul._Hristo_Botev bul._Bulgaria ul._Ivan_Vazov ul._Rakovski bul._Tsar_Osvoboditel ul._Shipka",
    street_patterns=("ul. {}", "bul. {}", "zhk {}", "ul. Dr. {}"),
    passing=Passing.GENDERED,
    feminine=(("ov", "ova"), ("ev", "eva"), ("ski", "ska")),
    middle=Middle.BULGARIAN,
    middle_stated=0.75,
    given_counts=(0.995, 0.005, 0.0),
    takes_husbands_name=0.65,
    spellings=(
        ("ts", "c"),
        ("y", "j"),
        ("y", "i"),
        ("sh", "ch"),
        ("sh", "š"),
        ("zh", "j"),
        ("zh", "ž"),
        ("v", "w"),
        ("h", "kh"),
        ("h", "ch"),
        ("ch", "tch"),
        ("yu", "ju"),
        ("ov", "off"),
        ("dzh", "dj"),
        ("a", "u"),
    ),
    nicknames="Georgi:Gosho,Zhoro Ivan:Vanyo Dimitar:Mitko Aleksandar:Sasho,Alex Nikolay:Niki Maria:Mimi Todor:Tosho Hristo:Itso Stefan:Stefcho Lyubomir:Lyubo "
    "Aleksandra:Sashka Petar:Pesho Krasimir:Krasi Daniela:Dani Yordan:Dancho Desislava:Desi Kaloyan:Kalo Viktoria:Viki",
    script="cyrillic",
    postal="####",
)

UKRAINIAN = Culture(
    key="eastslavic",
    country="UA",
    share=5,
    abroad=("RU", "BY", "MD"),
    surnames="Melnyk Shevchenko Boyko Kovalenko Bondarenko Tkachenko Kovalchuk Kravchenko Oliynyk Shevchuk Koval Polishchuk Bondar Tkachuk Moroz Marchenko "
    "Lysenko Rudenko Savchenko Petrenko Ivanov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov Petrov Volkov Solovyov Vasilyev "
    "Zaytsev Pavlov Semyonov Golubev Vinogradov Bogdanov Vorobyov Yushchenko Khmelnytskyi Zelenskyi",
    head=0.3,
    stems="Artem Bab Bezruk Bilo Bohd Burl Chorn Danyl Demch Did Dov Dubr Dyach Fed Halush Har Hav Hnat Hor Hryts Ivash Khom Klym Kondr Kost Kras Kuch Kul Lev "
    "Luk Lyas Makar Maks Marus Matv Medv Mykh Nazar Novyt Ohir Oles Onysh Ost Panas Pavl Pshen Pylyp Radch Roman Rom Sav Sem Serh Shap Shch Skor Sokol "
    "Stets Sydor Taras Tym Vashch Vasyl Volosh Vovch Yak Yarem Yur Zaich Zhur Zub",
    endings="enko chuk yuk uk ko ets skyi ovskyi ov ev in yn ak ynskyi ych",
    male="Oleksandr Serhiy Volodymyr Mykola Ivan Andriy Vasyl Viktor Yuriy Mykhaylo Anatoliy Petro Oleh Ihor Vitaliy Dmytro Oleksiy Roman Bohdan Taras Maksym "
    "Artem Denys Yevhen Pavlo Stepan Yaroslav Vladyslav Nazar Kyrylo Aleksey Sergey Dmitry Vladimir Mikhail Nikolay Evgeny Alexei Ruslan Valeriy",
    female="Olena Oksana Natalia Iryna Tetiana Svitlana Liudmyla Halyna Maria Anna Kateryna Yulia Nadia Valentyna Viktoria Anastasia Olha Hanna Larysa Inna Daryna "
    "Sofia Alina Khrystyna Solomiya Yana Vira Lesya Zhanna Ekaterina Elena Irina Tatiana Svetlana Galina Daria Polina Lyubov Nina Marharyta",
    towns="Kyiv Kharkiv Odesa Dnipro Donetsk Zaporizhzhia Lviv Kryvyi_Rih Mykolaiv Mariupol Vinnytsia Kherson Poltava Chernihiv Cherkasy Zhytomyr Sumy Rivne "
    "Ivano-Frankivsk Ternopil Chernivtsi Lutsk Uzhhorod Moskva Minsk",
    town_heads="Nova_ Stara_ Velyka_ Mala_ Chervono Novo Bila_ Krasno Verkhniy_",
    town_tails="Tserkva hrad armiisk Kakhovka pillia Rohan dariivka Mykhailivka hirka vets silka",
    regions="Zakarpattia Halychyna Donbas Volyn Bukovyna",
    streets="vul._Shevchenka vul._Franka vul._Lesi_Ukrainky prosp._Myru vul._Sadova vul._Tsentralna vul._Nezalezhnosti",
    street_patterns=("vul. {}a", "prosp. {}a", "bulv. {}a", "prov. {}yi"),
    passing=Passing.GENDERED,
    feminine=(("skyi", "ska"), ("ov", "ova"), ("yov", "yova"), ("ev", "eva"), ("in", "ina"), ("yn", "yna")),
    middle=Middle.RUSSIAN,
    middle_stated=0.3,
    given_counts=(1.0, 0.0, 0.0),
    takes_husbands_name=0.8,
    spellings=(
        ("y", "i"),
        ("y", "j"),
        ("iy", "y"),
        ("iy", "ii"),
        ("h", "g"),
        ("kh", "h"),
        ("kh", "ch"),
        ("sh", "sch"),
        ("sh", "ch"),
        ("shch", "sch"),
        ("zh", "j"),
        ("ch", "tch"),
        ("ts", "c"),
        ("yu", "iu"),
        ("ya", "ia"),
        ("ks", "x"),
        ("v", "w"),
        ("skyi", "sky"),
        ("yev", "ev"),
        ("o", "a"),
    ),
    nicknames="Oleksandr:Sasha,Sashko,Alexander Volodymyr:Vova,Vladimir Mykola:Kolya,Nikolai Serhiy:Sergei Dmytro:Dima Yevhen:Zhenya,Eugene Kateryna:Katya,Katerina "
    "Anastasia:Nastya Natalia:Natasha Olha:Olga,Olya Olena:Elena,Lena Tetiana:Tanya,Tatiana Ivan:Vanya Mykhaylo:Misha,Mikhail Maria:Masha Anna:Hanna,Anya "
    "Oleksiy:Alexei,Lyosha Yuriy:Yura Andriy:Andrei Iryna:Ira,Irina Vladyslav:Vlad Petro:Peter",
    script="cyrillic",
)

GREEK = Culture(
    key="greek",
    country="GR",
    share=2,
    abroad=("CY",),
    surnames="Papadopoulos Vlachos Angelopoulos Nikolaidis Georgiou Petrou Dimitriou Karagiannis Papadakis Oikonomou Makris Ioannidis Papageorgiou Athanasiou "
    "Konstantinidis Vasileiou Christou Pappas Alexiou Antoniou Theodorou Panagiotopoulos Samaras Galanis Xanthopoulos Hatzis Chatzidakis "
    "Papaioannou Karamanlis Tsakalidis Kyriakidis Stavrou",
    head=0.38,
    stems="Aggel Alex Anast Andr Apost Arg Arv Athan Bak Chal Chris Chron Dam Dask Diam Dim Drak Eleft Evang Fil Fot Gal Ger Giann Gourg Grig Il Kal Kand Kar "
    "Kat Klad Kol Kont Kor Kost Kour Kyr Lamb Laz Leont Liak Log Louk Mal Man Mar Mav Mich Mout Nik Pal Pan Pap Par Paul Pet Pol Psar Rap Sar Sidir Skour "
    "Spyr Stam Stef Tas Theod Tsim Tsol Tz Vas Vel Vog Xen Zach Zer Zog",
    endings="opoulos idis iadis akis as is os elis aras oglou atos ellis inos akos ianos",
    male="Georgios Ioannis Konstantinos Dimitrios Nikolaos Panagiotis Vasileios Christos Athanasios Michail Evangelos Spyridon Antonios Anastasios Theodoros "
    "Andreas Charalampos Alexandros Emmanouil Ilias Stavros Petros Sotirios Apostolos Fotios Stylianos Grigorios Efstathios Leonidas Angelos Marios Kyriakos",
    female="Maria Eleni Aikaterini Vasiliki Sofia Georgia Angeliki Dimitra Konstantina Paraskevi Anna Ioanna Panagiota Evangelia Anastasia Christina Kyriaki "
    "Despoina Fotini Eirini Athanasia Alexandra Stavroula Chrysoula Theodora Zoi Evgenia Varvara Olga Kalliopi Magdalini Eftychia",
    towns="Athina Thessaloniki Patra Irakleio Larisa Volos Ioannina Trikala Chalkida Serres Kavala Kalamata Chania Rodos Lamia Kozani Lefkosia Lemesos",
    town_heads="Nea_ Palaio Agios_ Ano_ Kato_ Mega_ Kala Mikro",
    town_tails="Ionia chori Nikolaos kastro Georgios polis mata Smyrni Dimitrios vrysi",
    regions="Makedonia Thessalia Kriti Ipeiros Peloponnisos",
    streets="Odos_Ermou Leoforos_Kifisias Venizelou Papandreou Agiou_Dimitriou Kolokotroni Ethnikis_Antistaseos Tsimiski",
    street_patterns=("{}", "Odos {}", "Leoforos {}"),
    passing=Passing.GENDERED,
    feminine=(
        ("opoulos", "opoulou"),
        ("idis", "idou"),
        ("iadis", "iadou"),
        ("akis", "aki"),
        ("os", "ou"),
        ("as", "a"),
        ("is", "i"),
    ),
    given_counts=(0.92, 0.08, 0.0),
    takes_husbands_name=0.2,
    spellings=(
        ("ch", "h"),
        ("ch", "x"),
        ("ei", "i"),
        ("oi", "i"),
        ("ou", "u"),
        ("y", "i"),
        ("k", "c"),
        ("f", "ph"),
        ("v", "b"),
        ("g", "y"),
        ("gg", "ng"),
        ("tz", "j"),
        ("aikaterini", "ekaterini"),
        ("io", "yo"),
        ("ai", "e"),
    ),
    nicknames="Georgios:Giorgos,George Ioannis:Giannis,Yannis Konstantinos:Kostas,Costas Dimitrios:Dimitris,Jimmy Nikolaos:Nikos Panagiotis:Panos,Takis "
    "Vasileios:Vasilis,Bill Aikaterini:Katerina Eleni:Elena,Lena Athanasios:Thanasis Charalampos:Babis,Haris Emmanouil:Manolis Spyridon:Spyros Evangelos:Vangelis "
    "Michail:Michalis Anastasios:Tasos Despoina:Depy Vasiliki:Vaso Stylianos:Stelios Paraskevi:Vivi Alexandros:Alekos",
    script="greek",
    postal="### ##",
)
