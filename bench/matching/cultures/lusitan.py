"""Portuguese, Brazilian and Romanian names."""

from __future__ import annotations

from dataclasses import replace

from bench.matching.culture import Culture, Passing

PORTUGUESE = Culture(
    key="portuguese",
    country="PT",
    share=8,
    abroad=("FR", "LU", "AO", "CV"),
    surnames="Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Jesus Sousa Fernandes Gonçalves Gomes Lopes Marques Alves Almeida "
    "Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso Rocha Raposo Neves Coelho Cruz Cunha "
    "Pires Ramos Reis Simões Antunes Matos Fonseca Machado Araújo Barbosa Tavares Lourenço Castro Figueiredo Azevedo Freitas Magalhães "
    "Henriques Lima Guerreiro Batista Pinheiro Faria Miranda Barros Morais Nogueira Esteves Anjos Baptista Campos Mota Andrade Brito "
    "Sá Nascimento Leite Abreu Borges Melo Vaz Pinho Vicente Gaspar Assunção Maia Moura Valente Carneiro Garcia",
    head=0.8,
    stems="Agui Arru Bal Bar Bote Cabra Cale Car Cas Cor Fa Fer Fi Gal Gou Gui Lo Ma Me Mor Pa Pe Que Ra Re Ri Sar Se Tei To Va Ve",
    endings="al as ão cho da do eda eira eiro ela gal gas lha lho lo nha nho reira res ro sa ta tão ves",
    particles="da de do dos das",
    particled=0.3,
    male="José António João Manuel Carlos Francisco Luís Pedro Paulo Rui Jorge Fernando Joaquim Miguel Ricardo Nuno Tiago André Bruno Hugo Vítor "
    "Sérgio Filipe Diogo Daniel Mário Rafael Gonçalo Duarte Martim Tomás Afonso Rodrigo Gabriel Artur Domingos Armando Álvaro Américo "
    "Adelino",
    female="Maria Ana Sofia Sandra Carla Paula Isabel Cristina Helena Teresa Fernanda Rosa Sónia Susana Marta Joana Inês Catarina Cláudia Patrícia "
    "Andreia Beatriz Mariana Rita Leonor Matilde Carolina Lurdes Graça Conceição Fátima Manuela Luísa Margarida Mónica Vera Filipa "
    "Celeste Deolinda Glória Liliana",
    towns="Lisboa Porto Braga Coimbra Setúbal Aveiro Faro Funchal Viseu Leiria Guimarães Évora Chaves Bragança Guarda Beja Santarém Amadora "
    "Almada Póvoa_de_Varzim Luanda Praia Mindelo Viana_do_Castelo",
    town_heads="Vila_ Santa_ São_ Monte Alde Fonte Pena Torre Ribeira_ Mira",
    town_tails="Nova Franca Maria Pedro verde cova longa fria negra alto ia Grande deira",
    regions="Minho Trás-os-Montes Alentejo Algarve Beira_Alta Açores",
    streets="Rua_Direita Rua_da_Igreja Avenida_da_Liberdade Rua_25_de_Abril Largo_do_Rossio Rua_Nova Travessa_do_Forno Rua_do_Comércio",
    street_patterns=("Rua {}", "Avenida {}", "Travessa {}", "Largo {}", "Rua Dr. {}"),
    passing=Passing.PORTUGUESE,
    takes_husbands_name=0.25,
    double_surname=0.0,
    given_counts=(0.3, 0.65, 0.05),
    spellings=(
        ("ç", "c"),
        ("ç", "ss"),
        ("ã", "an"),
        ("z", "s"),
        ("lh", "li"),
        ("ph", "f"),
        ("õe", "oe"),
        ("ei", "e"),
        ("th", "t"),
    ),
    nicknames="José:Zé António:Tó Francisco:Chico,Xico Manuel:Manel Joaquim:Quim Maria:Mia Fernanda:Nanda Conceição:São Isabel:Bela Filipe:Lipe "
    "Cristina:Tina Carolina:Carol Catarina:Cati Deolinda:Linda Luís:Luisinho Fernando:Nando Margarida:Guida Teresa:Teresinha",
    postal="####-###",
)

BRAZILIAN = replace(
    PORTUGUESE,
    key="brazilian",
    country="BR",
    share=3,
    abroad=("PT",),
    male="José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Gabriel Rafael Daniel Marcelo Bruno Eduardo Felipe Rodrigo Thiago Matheus "
    "Wellington Wesley Anderson Washington Jefferson Leandro Fábio Márcio Vinícius Gustavo Guilherme Reginaldo Edson Cláudio Igor Caio "
    "Diego Everton Adriano Sebastião",
    female="Maria Ana Francisca Antônia Adriana Juliana Márcia Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Júlia Luciana "
    "Vanessa Mariana Gabriela Vitória Larissa Cláudia Beatriz Luana Rita Raimunda Eliane Simone Tatiane Priscila Thaís Kelly Débora "
    "Rosângela Cristiane Michele Sônia",
    towns="São_Paulo Rio_de_Janeiro Salvador Brasília Fortaleza Belo_Horizonte Manaus Curitiba Recife Goiânia Belém Porto_Alegre Campinas "
    "São_Luís Maceió Natal Teresina Uberlândia Cuiabá Florianópolis Anápolis",
    town_heads="Nova_ Santa_ São_ Monte_ Porto_ Campo_ Bom_ Itá Gua",
    town_tails="Maria José Alegre Verde Grande Rosa Jesus Olinda bira ratinga ruba Esperança",
    regions="Minas_Gerais Goiás Bahia Paraná Ceará",
    nicknames="José:Zé,Zezinho Francisco:Chico Antônio:Toninho Fernanda:Nanda Gabriel:Biel Gabriela:Gabi Eduardo:Dudu,Edu Luiz:Lula Letícia:Lê "
    "Patrícia:Paty Rodrigo:Digo Sebastião:Tião Guilherme:Gui Mariana:Mari Juliana:Ju",
    postal="#####-###",
)

ROMANIAN = Culture(
    key="romanian",
    country="RO",
    share=12,
    abroad=("MD", "IT", "ES"),
    surnames="Popa Popescu Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Constantin Marin Mihai Lazăr Dinu Florea Ilie Tudor Barbu "
    "Munteanu Stanciu Toma Moldovan Dobre Neagu Sandu Nistor Diaconu Manole Oprea Voicu Șerban Mocanu Cristea Nicolae Ene Bălan Anghel "
    "Enache Ungureanu Preda Țîrlea Vasile Grigore Coman Petre Dragomir Ștefan Manea Lungu Olteanu Nica Sava Mureșan Crăciun Cojocaru "
    "Georgescu Dumitrescu Marinescu Constantinescu Șandru Gîrleanu",
    head=0.38,
    stems="Alb Ardel Avr Băl Barb Bog Buc Bud Călin Chir Cior Cos Dan Dim Dob Drag Fil Flor Gher Ghi Gro Gur Iacob Iord Iva Lup Măn Mir Mold Mun "
    "Nag Ned Neg Oan Olar Onof Păun Pet Pin Pop Rad Rot Săl Sim Stan Stoic Tăn Teod Tim Trif Țur Ursa Văc Vlad Zah",
    onsets="B C D F G L M N P R S Ș T Ț V Z",
    rimes="ab ac al an ar asc ec el er im in ir isc oc od ol or ot ub ulc un ur",
    endings="escu eanu aru ea an oiu oi ache ică ilă uț aș oaie eș ian u ei at",
    male="Andrei Alexandru Gheorghe Ion Vasile Constantin Mihai Ioan Nicolae Florin Marian Adrian Ionuț Cristian Daniel Dumitru Marius Gabriel Bogdan "
    "Ștefan Cătălin Răzvan Vlad Radu Lucian Sorin Viorel Costel Petru Ilie Dănuț George Mircea Liviu Tudor Ovidiu Dragoș Ciprian "
    "Valentin Robert David Luca Silviu Doru",
    female="Maria Elena Ana Ioana Mihaela Andreea Mariana Cristina Daniela Alexandra Gabriela Nicoleta Georgeta Alina Florentina Simona Anca Roxana "
    "Carmen Lavinia Raluca Diana Rodica Viorica Oana Corina Mirela Adriana Ștefania Bianca Larisa Denisa Iuliana Claudia Paraschiva "
    "Aurelia Valentina Sofia Lăcrămioara Cătălina",
    towns="București Cluj-Napoca Timișoara Iași Constanța Craiova Brașov Galați Ploiești Oradea Brăila Arad Pitești Sibiu Bacău Târgu_Mureș "
    "Baia_Mare Buzău Botoșani Satu_Mare Râmnicu_Vâlcea Suceava Chișinău",
    town_heads="Valea_ Piatra_ Câmpia_ Dealu_ Gura_ Poiana_ Târgu_ Satu_ Bal Măg",
    town_tails="Mare Mică Neagră Lungă Nouă Vechi Frumoasă Rece ești urele Mureșului Teleajen",
    regions="Moldova Maramureș Dolj Suceava Bihor Prahova",
    streets="Strada_Principală Strada_Libertății Bulevardul_Unirii Strada_Mihai_Eminescu Strada_Florilor Aleea_Teilor Calea_Victoriei",
    street_patterns=("Strada {}", "Bulevardul {}", "Aleea {}", "Str. {}", "Calea {}"),
    given_counts=(0.35, 0.6, 0.05),
    joined_given=0.25,
    takes_husbands_name=0.75,
    spellings=(
        ("ș", "s"),
        ("ș", "sh"),
        ("ț", "t"),
        ("ț", "ts"),
        ("ă", "a"),
        ("â", "i"),
        ("î", "i"),
        ("i", "y"),
        ("c", "k"),
        ("gh", "g"),
    ),
    nicknames="Alexandru:Alex,Sandu Gheorghe:Gigi,Ghiță Constantin:Costel,Costi Nicolae:Nicu,Nae Ioan:Ionel,Nelu Dumitru:Mitică,Dumi Elena:Lenuța "
    "Maria:Mărioara,Mia Mihaela:Miha Gabriela:Gabi Gabriel:Gabi Cristian:Cristi Ștefan:Fane Andreea:Deea Mihai:Mișu Alexandra:Ale Nicoleta:Nico "
    "Georgeta:Geta Vasile:Sile,Vali Florentina:Flori Daniela:Dana",
    postal="######",
)
