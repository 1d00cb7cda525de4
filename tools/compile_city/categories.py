"""categories.csv: one tree of two levels, in three languages."""

COLUMNS = ["id", "parent", "name_kk", "name_ru", "name_en", "plural_kk", "plural_ru", "plural_en",
           "synonyms_kk", "synonyms_ru", "synonyms_en", "icon", "position"]

# id | kk | ru | en | kk plural | ru plural | en plural | synonyms kk | ru | en
TREE = """
government|Мемлекеттік орган|Государственный орган|Government body|Мемлекеттік органдар|Государственные органы|Government|билік|власть;госорган|public body;authority
 akimat|Әкімдік|Акимат|Akimat|Әкімдіктер|Акиматы|Akimats|әкім аппараты;әкім|администрация;мэрия;аппарат акима;аким|city hall;city administration;akim's office;mayor
 akimat_department|Әкімдік басқармасы|Управление акимата|City department|Әкімдік басқармалары|Управления акимата|City departments|басқарма|управление|department;office
 maslikhat|Мәслихат|Маслихат|Maslikhat|Мәслихаттар|Маслихаты|Maslikhats|қалалық кеңес;депутат|горсовет;депутаты|city council;deputies
 public_service_centre|Халыққа қызмет көрсету орталығы (ХҚКО)|ЦОН|Public service centre|Халыққа қызмет көрсету орталықтары|ЦОНы|Public service centres|ХҚКО;ХҚО;азаматтарға арналған үкімет|центр обслуживания населения;правительство для граждан;спеццон;автоцон|PSC;TSON;government for citizens
 tax|Салық органы|Налоговый орган|Tax office|Салық органдары|Налоговые органы|Tax offices|мемлекеттік кірістер басқармасы;салық басқармасы|УГД;налоговая;управление государственных доходов|state revenue office;revenue
 court|Сот|Суд|Court|Соттар|Суды|Courts||районный суд;городской суд|
 police|Полиция|Полиция|Police|Полиция бөлімдері|Отделы полиции|Police stations|полиция бөлімі;полиция басқармасы|РУП;РОВД;участковый;отдел полиции|police station
 migration|Көші-қон қызметі|Миграционная служба|Migration service|Көші-қон қызметтері|Миграционные службы|Migration services|көші-қон|миграционная полиция;прописка;регистрация|immigration
 consulate|Консулдық|Консульство|Consulate|Консулдықтар|Консульства|Consulates|елшілік|посольство;генконсульство|embassy
 social|Әлеуметтік қызмет|Социальная служба|Social service|Әлеуметтік қызметтер|Социальные службы|Social services|жұмыспен қамту;мансап орталығы;жәрдемақы|центр занятости;соцзащита;пособия;карьерный центр|employment centre;benefits
health|Денсаулық сақтау|Здравоохранение|Health|Денсаулық сақтау|Здравоохранение|Health|медицина|медицина|medicine
 hospital|Аурухана|Больница|Hospital|Ауруханалар|Больницы|Hospitals|клиника;медициналық орталық|клиника;медцентр;горбольница|clinic;medical centre
 polyclinic|Емхана|Поликлиника|Polyclinic|Емханалар|Поликлиники|Polyclinics|қалалық емхана;дәрігер|амбулатория;участковый врач|clinic;doctor;GP
 maternity|Перзентхана|Роддом|Maternity hospital|Перзентханалар|Роддома|Maternity hospitals|перинаталдық орталық|родильный дом;перинатальный центр|birth centre
 ambulance|Жедел жәрдем станциясы|Станция скорой помощи|Ambulance station|Жедел жәрдем станциялары|Станции скорой помощи|Ambulance stations|жедел жәрдем;жедел жәрдем стансасы|скорая;подстанция скорой помощи|ambulance
education|Білім беру|Образование|Education|Білім беру|Образование|Education|оқу орны|учебное заведение|
 kindergarten|Балабақша|Детский сад|Kindergarten|Балабақшалар|Детские сады|Kindergartens|бөбекжай;бала бақша|садик;ясли;ясли-сад|nursery;preschool
 school|Мектеп|Школа|School|Мектептер|Школы|Schools|гимназия;лицей|гимназия;лицей;СОШ|gymnasium;lyceum
 college|Колледж|Колледж|College|Колледждер|Колледжи|Colleges|техникум|техникум;училище|vocational school
 university|Университет|Университет|University|Университеттер|Университеты|Universities|институт;академия;ЖОО|вуз;институт;академия|institute;academy
sport|Спорт|Спорт|Sport|Спорт|Спорт|Sport|дене шынықтыру|физкультура|
 sports_ground|Спорт алаңы|Спортивная площадка|Sports ground|Спорт алаңдары|Спортивные площадки|Sports grounds|алаң|спортплощадка;площадка|playing field
 football_pitch|Футбол алаңы|Футбольное поле|Football pitch|Футбол алаңдары|Футбольные поля|Football pitches|футбол|футбол;мини-футбол|soccer field
 basketball_court|Баскетбол алаңы|Баскетбольная площадка|Basketball court|Баскетбол алаңдары|Баскетбольные площадки|Basketball courts|баскетбол|баскетбол|basketball
 volleyball_court|Волейбол алаңы|Волейбольная площадка|Volleyball court|Волейбол алаңдары|Волейбольные площадки|Volleyball courts|волейбол|волейбол|volleyball
 tennis_court|Теннис корты|Теннисный корт|Tennis court|Теннис корттары|Теннисные корты|Tennis courts|теннис|теннис|tennis
 workout_area|Воркаут алаңы|Площадка для воркаута|Workout area|Воркаут алаңдары|Площадки для воркаута|Workout areas|турник;тренажер|турники;тренажёры;воркаут|outdoor gym
 swimming_pool|Бассейн|Бассейн|Swimming pool|Бассейндер|Бассейны|Swimming pools|жүзу;аквапарк|плавание;аквапарк|pool;swimming
 sports_club|Спорт клубы|Спортивный клуб|Sports club|Спорт клубтары|Спортивные клубы|Sports clubs|фитнес|фитнес;спортзал;спортшкола;тренажёрный зал|gym;fitness
 stadium|Стадион|Стадион|Stadium|Стадиондар|Стадионы|Stadiums|арена|арена;каток|arena;ice rink
culture|Мәдениет|Культура|Culture|Мәдениет|Культура|Culture|өнер|искусство|arts
 museum|Музей|Музей|Museum|Музейлер|Музеи|Museums|мұражай|галерея|gallery
 theatre|Театр|Театр|Theatre|Театрлар|Театры|Theatres|концерт залы;цирк|филармония;концертный зал;цирк|concert hall;circus
 library|Кітапхана|Библиотека|Library|Кітапханалар|Библиотеки|Libraries|||
 place_of_worship|Мешіт немесе шіркеу|Мечеть или храм|Place of worship|Мешіттер мен шіркеулер|Мечети и храмы|Places of worship|мешіт;шіркеу;ғибадатхана|мечеть;церковь;собор;храм;культовое сооружение|mosque;church;cathedral
 sight|Көрікті жер|Достопримечательность|Sight|Көрікті жерлер|Достопримечательности|Sights|ескерткіш|памятник|landmark;monument
leisure|Демалыс|Отдых|Leisure|Демалыс|Отдых|Leisure|серуен|прогулка|recreation
 park|Саябақ|Парк|Park|Саябақтар|Парки|Parks|парк;бақ;тоғай|роща;ботанический сад|garden;grove
 square|Гүлзар|Сквер|Garden square|Гүлзарлар|Скверы|Garden squares|сквер|сквер|small park
 boulevard|Бульвар|Бульвар|Boulevard|Бульварлар|Бульвары|Boulevards|аллея|аллея|avenue of trees
 embankment|Жағалау|Набережная|Embankment|Жағалаулар|Набережные|Embankments|өзен жағасы|берег реки|riverside
 green_area|Жасыл аймақ|Зелёная зона|Green area|Жасыл аймақтар|Зелёные зоны|Green areas|көгал|озеленение;газон|greenery
 pedestrian_area|Жаяу жүргіншілер аймағы|Пешеходная зона|Pedestrian area|Жаяу жүргіншілер аймақтары|Пешеходные зоны|Pedestrian areas|арбат|арбат;прогулочная зона|walking street
shopping|Сауда|Торговля|Shopping|Сауда|Торговля|Shopping|дүкен|магазин|shops
 shopping_centre|Сауда орталығы|Торговый центр|Shopping centre|Сауда орталықтары|Торговые центры|Shopping centres|сауда-ойын-сауық орталығы;СОО|ТРЦ;ТЦ;молл;торговый дом|mall
 market|Базар|Рынок|Market|Базарлар|Рынки|Markets|көк базар|базар;барахолка|bazaar
transport|Көлік|Транспорт|Transport|Көлік|Транспорт|Transport|жолаушылар көлігі|пассажирский транспорт|
 metro_station|Метро станциясы|Станция метро|Metro station|Метро станциялары|Станции метро|Metro stations|метро;метро стансасы|метро;метрополитен|subway;underground
 railway_station|Вокзал|Вокзал|Railway station|Вокзалдар|Вокзалы|Railway stations|теміржол вокзалы;пойыз|железнодорожный вокзал;поезд|train station
 bus_station|Автобекет|Автовокзал|Bus station|Автобекеттер|Автовокзалы|Bus stations|автовокзал|автостанция;междугородний автобус|coach station
 airport|Әуежай|Аэропорт|Airport|Әуежайлар|Аэропорты|Airports|ұшақ|самолёт|flights
emergency|Шұғыл қызметтер|Экстренные службы|Emergency|Шұғыл қызметтер|Экстренные службы|Emergency|құтқару|спасение|rescue
 emergency_line|Шұғыл қызмет нөмірі|Экстренный номер|Emergency line|Шұғыл қызмет нөмірлері|Экстренные номера|Emergency lines|112;құтқару қызметі;өрт сөндіру;авариялық қызмет|112;аварийная служба;спасатели;пожарные|hotline;rescue;fire service
 information_line|Анықтама желісі|Справочная линия|Information line|Анықтама желілері|Справочные линии|Information lines|байланыс орталығы;сенім телефоны|контакт-центр;телефон доверия;горячая линия|contact centre;helpline
tourism|Туризм|Туризм|Tourism|Туризм|Туризм|Tourism|қала қонақтары|гостям города|visitors
 hotel|Қонақүй|Гостиница|Hotel|Қонақүйлер|Гостиницы|Hotels|қонақ үй|отель;хостел|hostel
 restaurant|Мейрамхана|Ресторан|Restaurant|Мейрамханалар|Рестораны|Restaurants|дәмхана;асхана|кафе;столовая|cafe;canteen
finance|Қаржы|Финансы|Finance|Қаржы|Финансы|Finance|ақша|деньги|money
 bank|Банк|Банк|Bank|Банктер|Банки|Banks|банкомат|банкомат;отделение банка|ATM
"""


def rows() -> list[dict]:
    out, parent, top, inner = [], "", 0, 0
    for line in TREE.strip("\n").splitlines():
        parts = line.strip().split("|")
        leaf = line.startswith(" ")
        if leaf:
            inner += 10
        else:
            parent, top, inner = parts[0], top + 1000, 0
        keys = ["name_kk", "name_ru", "name_en", "plural_kk", "plural_ru", "plural_en",
                "synonyms_kk", "synonyms_ru", "synonyms_en"]
        out.append({"id": parts[0], "parent": parent if leaf else "", **dict(zip(keys, parts[1:])),
                    "icon": parts[0].replace("_", "-"), "position": top + inner})
    return out


def leaves() -> set[str]:
    return {row["id"] for row in rows() if row["parent"]}
