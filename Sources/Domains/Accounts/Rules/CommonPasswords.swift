/// Words that people often use as passwords, here and elsewhere; digits and signs around them are ignored.
enum CommonPasswords {
    /// Whether a text in lower case is one of the words, or two or three of them joined.
    static func isJoined(_ text: String, atMost pieces: Int = 3) -> Bool {
        guard pieces > 0 else { return false }
        if words.contains(text) { return true }
        return text.indices.dropFirst(3).contains { index in
            words.contains(String(text[..<index])) && isJoined(String(text[index...]), atMost: pieces - 1)
        }
    }

    private static let words: Set<String> = Set(
        [english, names, kazakh, russian, typedOnTheOtherLayout].joined(separator: " ").split(
            whereSeparator: \.isWhitespace
        )
        .map(String.init)
    )

    private static let english = """
        password passwort passwd pass passphrase passcode secret letmein welcome login signin admin administrator root
        user
        username guest test tester testing default changeme change master access system server service public private
        qwerty qwertyuiop qwertz azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm iloveyou loveyou love lovely lover mylove
        sunshine princess queen king prince monkey dragon tiger lion eagle falcon wolf bear horse pony kitty kitten
        puppy
        football soccer baseball hockey basketball tennis boxing sport sports champion winner hunter killer shadow
        superman batman spiderman ironman pokemon pikachu minecraft fortnite roblox dota counterstrike playstation xbox
        computer internet google facebook instagram telegram whatsapp youtube twitter android iphone samsung apple nokia
        windows microsoft linux freedom forever flower flowers summer winter spring autumn monday sunday january
        february march april june july august september october november december hello helloworld world trustno
        whatever nothing something anything everything money dollar bitcoin ferrari mercedes porsche toyota lexus camry
        mustang corvette yamaha honda suzuki cookie chocolate cheese pepper ginger banana orange apples coffee pizza
        starwars matrix phoenix diamond silver golden crystal angel angels heaven jesus christ blessed family mother
        father brother sister daddy mommy baby babygirl babyboy friend friends teacher student school university
        mypassword yourpassword newpassword oldpassword mypass nopassword password one two three four five
        openalmaty portal citizen city mayor akimat government egov
        """

    private static let names = """
        aidana aigerim aigul ainur aisha alina aliya altynai aruzhan asel asem assel ayana balzhan dana dilnaz dinara
        gulnara gulmira kamila karina laura madina makpal moldir nazerke saltanat samal togzhan zarina zhanar zhansaya
        abai abay adilet aidar aibek alibek alikhan almas amir arman asan askar azamat bauyrzhan berik bolat dauren dias
        daniyar erlan galymzhan ilyas kairat marat maksat medet miras nurbek nurlan nurzhan olzhas rustam ruslan samat
        sanzhar serik sultan talgat temirlan timur yerlan yerzhan zhandos alexander andrey anna anton daria dmitry elena
        ekaterina evgeny igor ivan irina kirill kristina maria marina maxim mikhail natasha nastya nikita oleg olga
        pavel roman sasha sergey svetlana tatiana victor victoria vladimir vladislav yulia michael jennifer jessica
        charlie jordan thomas daniel robert ashley nicole michelle andrew joshua matthew amanda george samantha
        """

    private static let kazakh = """
        almaty alma astana nursultan shymkent karaganda aktau atyrau aktobe taraz semey pavlodar kostanay turkistan
        kazakhstan qazaqstan kazakh qazaq kazah kazakstan kaztelecom kairat kaisar tobol ordabasy medeu shymbulak kok
        tobe
        koktobe bostandyk auezov alatau nauryz nauryzbay tenge dombyra beshbarmak baursak kumys altyn batyr khan apa ata
        mama papa kuprik salem salam salemetsizbe rahmet qupiya kupiya parol qupiasoz
        алматы алма астана шымкент қарағанды ақтау атырау ақтөбе тараз семей түркістан қазақстан қазақ алатау медеу
        шымбұлақ көктөбе наурыз теңге домбыра бауырсақ күміс алтын батыр хан апа ата сәлем сәлеметсізбе рахмет құпия
        құпиясөз пароль махаббат жаным күнім айналайын отан елім анам әкем балам
        """

    private static let russian = """
        parol moyparol privet zdravstvuy lubov lyubov ljubov solnyshko solnce zvezda koshka kotik sobaka zaya zaika
        russia rossia moskva spartak zenit dinamo marina lapochka krasotka vesna leto osen zima mamapapa
        пароль мойпароль секрет привет здравствуй любовь люблю любимая любимый солнышко солнце звезда кошка котик кот
        собака зайка зая рыбка россия москва спартак зенит динамо лапочка красотка весна лето осень зима мама папа
        мамапапа бабушка дедушка семья дочка сынок брат сестра друг подруга школа работа деньги доллар тенге счастье
        мечта удача победа чемпион король королева принцесса ангел тигр волк медведь лев орел дракон администратор админ
        пользователь тест проверка доступ вход система сервер компьютер интернет казахстан казах караганда
        саша маша даша наташа настя катя аня оля юля лена ира таня света вика дима андрей сергей александр алексей
        максим никита иван миша денис артем роман олег игорь руслан тимур марат ерлан нурлан айгерим айгуль динара
        """

    /// Words typed with the wrong keyboard layout.
    private static let typedOnTheOtherLayout = """
        gfhjkm ghbdtn k.,jdm vfvf gfgf cjkysirj rjirf ckfdf yfnfif vfif cfif fylhtq fktrcfylh vfrcbv hjccbz vjcrdf
        fkvfns rfpf[cnfy йцукен йцукенг фыва фывапр ячсмить зфыыцщкв дщмутщг йцуен рудды цщкдв
        """
}
