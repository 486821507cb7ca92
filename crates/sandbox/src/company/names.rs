//! Names of many countries.
//!
//! An entry may hold two forms: `Kowalski/Kowalska` is a surname's male and female form, and
//! `Олена|Olena` a name in its own script with the letters that an e-mail address uses for it.

/// The names of one language community.
pub(super) struct Culture {
    /// How many in a thousand people of the company come from it.
    pub(super) weight: u32,
    /// The language tag that its people would choose.
    pub(super) language: &'static str,
    /// Women's given names.
    pub(super) female: &'static [&'static str],
    /// Men's given names.
    pub(super) male: &'static [&'static str],
    /// Surnames.
    pub(super) last: &'static [&'static str],
    /// What joins two surnames where people carry two of them.
    pub(super) both_surnames: Option<&'static str>,
}

/// Names that people of any origin like to be called by.
pub(super) const NICKNAMES: &[&str] =
    &["Alex", "Sam", "Kim", "Robin", "Niki", "Toni", "Mika", "Sascha", "Jo", "Charlie", "Lou", "Andi"];

/// Every culture; the order is part of what a seed means.
pub(super) const CULTURES: &[Culture] = &[
    Culture {
        weight: 360,
        language: "de",
        female: &[
            "Anna",
            "Marie",
            "Sophie",
            "Lea",
            "Johanna",
            "Katharina",
            "Jana",
            "Sabine",
            "Petra",
            "Ursula",
            "Käthe",
            "Bärbel",
            "Anna-Lena",
            "Eva-Maria",
            "Friederike",
            "Greta",
            "Hannelore",
            "Silke",
            "Ulrike",
            "Jördis",
        ],
        male: &[
            "Lukas",
            "Jonas",
            "Felix",
            "Maximilian",
            "Jürgen",
            "Günther",
            "Björn",
            "Sören",
            "Thomas",
            "Michael",
            "Hans-Peter",
            "Karl-Heinz",
            "Matthias",
            "Stefan",
            "Torsten",
            "Götz",
            "Jörg",
            "Fritz",
            "Emil",
            "Rüdiger",
        ],
        last: &[
            "Müller",
            "Schmidt",
            "Schneider",
            "Fischer",
            "Weber",
            "Meyer",
            "Wagner",
            "Becker",
            "Schulz",
            "Hoffmann",
            "Schäfer",
            "Koch",
            "Bauer",
            "Richter",
            "Klein",
            "Wolf",
            "Schröder",
            "Neumann",
            "Schwarz",
            "Zimmermann",
            "Braun",
            "Krüger",
            "Hofmann",
            "Hartmann",
            "Lange",
            "Weiß",
            "Groß",
            "Strauß",
            "Köhler",
            "König",
            "von der Heide",
            "Freiherr von Löwenstein",
            "zu Hohenfels",
            "Jäger",
            "Böhm",
            "Vögele",
            "Thäle",
            "Großmann",
        ],
        both_surnames: None,
    },
    Culture {
        weight: 60,
        language: "tr",
        female: &["Ayşe", "Elif", "Zeynep", "Gülşah", "Özlem", "Çiğdem", "Şebnem", "İpek", "Nuray", "Hülya"],
        male: &["Mehmet", "Mustafa", "Ömer", "Çağlar", "Şükrü", "Uğur", "İbrahim", "Emre", "Oğuz", "Barış"],
        last: &[
            "Yılmaz", "Öztürk", "Şahin", "Çelik", "Yıldız", "Aydın", "Kılıç", "Doğan", "Güneş", "Koç", "Işık", "Özgür",
        ],
        both_surnames: None,
    },
    Culture {
        weight: 60,
        language: "pl",
        female: &["Małgorzata", "Agnieszka", "Zofia", "Łucja", "Bożena", "Hanna", "Kinga", "Jadwiga", "Róża"],
        male: &["Paweł", "Łukasz", "Michał", "Wojciech", "Grzegorz", "Stanisław", "Bartłomiej", "Jędrzej", "Kuba"],
        last: &[
            "Kowalski/Kowalska",
            "Wiśniewski/Wiśniewska",
            "Wójcik",
            "Kamiński/Kamińska",
            "Dąbrowski/Dąbrowska",
            "Zieliński/Zielińska",
            "Szymański/Szymańska",
            "Woźniak",
            "Jabłoński/Jabłońska",
            "Błaszczyk",
            "Żak",
            "Gołąb",
        ],
        both_surnames: Some("-"),
    },
    Culture {
        weight: 55,
        language: "fr",
        female: &["Zoé", "Chloé", "Léa", "Françoise", "Maëlys", "Anaïs", "Hélène", "Marie-Claude", "Océane", "Inès"],
        male: &["François", "Jérôme", "Loïc", "Rémi", "Benoît", "Cédric", "Jean-Luc", "Gaël", "Théo", "Noël"],
        last: &[
            "Lefèvre",
            "Dupré",
            "Hébert",
            "Géroux",
            "L’Hôpital",
            "d'Arcy",
            "Béranger",
            "Crêtet",
            "Noël",
            "Le Goff",
            "Saint-Étienne",
            "Gonçalves",
        ],
        both_surnames: Some("-"),
    },
    Culture {
        weight: 55,
        language: "es",
        female: &["María José", "Begoña", "Inés", "Lucía", "Nuria", "Concepción", "Ángela", "Itziar", "Montserrat"],
        male: &["José Luis", "Iñaki", "Andrés", "Ángel", "Ramón", "Martín", "Óscar", "Xavier", "Joaquín"],
        last: &[
            "García",
            "Fernández",
            "Muñoz",
            "Ibáñez",
            "Núñez",
            "Peña",
            "Gómez",
            "Etxeberría",
            "López",
            "Sánchez",
            "Castaño",
            "de la Cruz",
        ],
        both_surnames: Some(" "),
    },
    Culture {
        weight: 45,
        language: "pt",
        female: &["Conceição", "Inês", "João Maria", "Lídia", "Verónica", "Matilde", "Graça", "Beatriz"],
        male: &["João", "António", "Tomás", "Sebastião", "Estêvão", "Gonçalo", "Tiago", "Simão"],
        last: &["Gonçalves", "Magalhães", "Simões", "Araújo", "Conceição", "Brandão", "dos Santos", "Sá", "Leitão"],
        both_surnames: Some(" "),
    },
    Culture {
        weight: 45,
        language: "it",
        female: &["Giulia", "Chiara", "Mariarosa", "Niccolina", "Fiorella", "Beatrice", "Maria Teresa", "Zoë"],
        male: &["Niccolò", "Matteo", "Gianluca", "Andrea", "Giosuè", "Salvatore", "Pier Paolo", "Nicolò"],
        last: &["Rossi", "D'Angelo", "De Luca", "Dell'Acqua", "Fabbri", "Nicolò", "Esposito", "Lo Presti", "Cantù"],
        both_surnames: None,
    },
    Culture {
        weight: 40,
        language: "sv",
        female: &["Åsa", "Märta", "Linnéa", "Sólveig", "Bjørg", "Astrid", "Søs", "Guðrún", "Maj-Britt"],
        male: &["Åke", "Göran", "Bjørn", "Søren", "Øyvind", "Håkon", "Þórður", "Leif", "Jesper"],
        last: &["Sjögren", "Åström", "Østergård", "Kjær", "Bjørnstad", "Lindqvist", "Ægisson", "Strømsø", "Hägglund"],
        both_surnames: None,
    },
    Culture {
        weight: 25,
        language: "cs",
        female: &["Kateřina", "Zdeňka", "Božena", "Žofie", "Růžena", "Ľubica", "Tereza"],
        male: &["Jiří", "Ondřej", "Tomáš", "Luboš", "Řehoř", "Ľuboš", "Matěj"],
        last: &[
            "Novák/Nováková",
            "Dvořák/Dvořáková",
            "Černý/Černá",
            "Němec/Němcová",
            "Růžička/Růžičková",
            "Kříž/Křížová",
            "Hruška/Hrušková",
            "Škvorecký/Škvorecká",
        ],
        both_surnames: None,
    },
    Culture {
        weight: 25,
        language: "ro",
        female: &["Ștefania", "Ioana", "Mădălina", "Brândușa", "Zsófia", "Ágnes", "Kinga-Erzsébet"],
        male: &["Ștefan", "Ionuț", "Călin", "Răzvan", "László", "György", "Ádám"],
        last: &["Țepeș", "Ionescu", "Bălan", "Mureșan", "Kőszegi", "Szűcs", "Nagy", "Farkas", "Tóth"],
        both_surnames: None,
    },
    Culture {
        weight: 30,
        language: "nl",
        female: &["Anneke", "Fleur", "Maartje", "Noortje", "Renée", "Zoë", "Sanne"],
        male: &["Daan", "Joris", "Thijs", "Sjoerd", "Reinier", "Joël", "Wouter"],
        last: &[
            "van den Berg",
            "de Vries",
            "van 't Hoff",
            "Jansen",
            "ter Haar",
            "IJsselstein",
            "op den Kamp",
            "Citroën",
        ],
        both_surnames: Some("-"),
    },
    Culture {
        weight: 45,
        language: "en",
        female: &["Siobhán", "Niamh", "Charlotte", "Aoife", "Mary-Ann", "Priya", "Zoë", "Megan"],
        male: &["Seán", "Oliver", "Pádraig", "Rhys", "D'Arcy", "Conor", "Ruairí", "George"],
        last: &[
            "O'Brien",
            "O’Connor",
            "MacDonald",
            "Ní Dhomhnaill",
            "St. John",
            "Smith",
            "Fitzgerald",
            "Llewellyn-Jones",
        ],
        both_surnames: Some("-"),
    },
    Culture {
        weight: 25,
        language: "vi",
        female: &["Thị Hương", "Ngọc Ánh", "Thùy Dương", "Bích Phượng", "Mỹ Linh"],
        male: &["Văn Đức", "Quốc Bảo", "Hữu Phước", "Minh Tuấn", "Đình Khôi"],
        last: &["Nguyễn", "Trần", "Phạm", "Đặng", "Huỳnh", "Lê", "Vũ", "Bùi"],
        both_surnames: None,
    },
    Culture {
        weight: 30,
        language: "en",
        female: &["Lakshmi", "Ananya", "Kavitha", "Meera", "Shreya", "Fatima"],
        male: &["Arjun", "Venkatesh", "Rahul", "Suresh", "Imran", "Aditya"],
        last: &["Subramanian", "Iyer", "Krishnamurthy", "Chatterjee", "Singh", "Banerjee", "Khan", "Nair"],
        both_surnames: None,
    },
    Culture {
        weight: 30,
        language: "ar",
        female: &["Nour", "Rania", "Yasmīn", "Hibaʾ", "Layla", "Marwa"],
        male: &["Abd al-Rahman", "Khālid", "Yusuf", "Tariq", "Hassan", "Mahmūd"],
        last: &["al-Masri", "El-Sayed", "Haddad", "ibn Rashid", "Khoury", "al-ʿAzm", "Ben Youssef", "Benali"],
        both_surnames: None,
    },
    Culture {
        weight: 20,
        language: "en",
        female: &["Adébọ́lá", "Ngozi", "Chidinma", "Fólákẹ́", "Aïssatou", "Wanjirũ"],
        male: &["Olúṣẹ́gun", "Chukwuemeka", "Babátúndé", "Mamadou", "Kwame", "Ikenna"],
        last: &["Adéyẹmí", "Ọlátúnjí", "N'Diaye", "Okafor", "Mensah", "Ng'ang'a", "Diallo", "Eze"],
        both_surnames: None,
    },
    Culture {
        weight: 15,
        language: "en",
        female: &["Xiùyīng", "Lì", "Yúnshān", "Yūko", "Chiyoko", "Seo-yeon", "Ji-woo"],
        male: &["Wěi", "Zhìqiáng", "Jùn", "Kenjirō", "Shōta", "Min-jun", "Dong-hyun"],
        last: &["Wáng", "Lǐ", "Zhāng", "Ōta", "Satō", "Kim", "Lǚ", "Ouyang"],
        both_surnames: None,
    },
    Culture {
        weight: 15,
        language: "uk",
        female: &["Олена|Olena", "Наталія|Nataliia", "Соломія|Solomiia", "Ганна|Hanna", "Мар'яна|Mariana"],
        male: &["Олександр|Oleksandr", "Юрій|Yurii", "Андрій|Andrii", "Євген|Yevhen", "Гліб|Hlib"],
        last: &[
            "Шевченко|Shevchenko",
            "Коваленко|Kovalenko",
            "Вишневський|Vyshnevskyi/Вишневська|Vyshnevska",
            "Їжак|Yizhak",
            "Лук'яненко|Lukianenko",
        ],
        both_surnames: None,
    },
    Culture {
        weight: 10,
        language: "el",
        female: &["Ελένη|Eleni", "Αικατερίνη|Aikaterini", "Φωτεινή|Foteini"],
        male: &["Γιώργος|Giorgos", "Ιωάννης|Ioannis", "Χρήστος|Christos"],
        last: &["Παπαδόπουλος|Papadopoulos/Παπαδοπούλου|Papadopoulou", "Οικονόμου|Oikonomou", "Γεωργίου|Georgiou"],
        both_surnames: None,
    },
    Culture {
        weight: 10,
        language: "ja",
        female: &["美咲|Misaki", "秀英|Xiuying", "서연|Seoyeon", "さくら|Sakura"],
        male: &["健太|Kenta", "伟|Wei", "민준|Minjun", "翔|Sho"],
        last: &["佐藤|Sato", "王|Wang", "김|Kim", "髙橋|Takahashi", "欧阳|Ouyang"],
        both_surnames: None,
    },
];

/// How the name is written, in the form for a woman or a man.
pub(super) fn written(entry: &'static str, female: bool) -> &'static str {
    let form = form(entry, female);
    form.split_once('|').map_or(form, |(own_script, _)| own_script)
}

/// The letters that stand for the name where only Latin ones do.
pub(super) fn romanised(entry: &'static str, female: bool) -> &'static str {
    let form = form(entry, female);
    form.split_once('|').map_or(form, |(_, latin)| latin)
}

fn form(entry: &'static str, female: bool) -> &'static str {
    match entry.split_once('/') {
        Some((_, hers)) if female => hers,
        Some((his, _)) => his,
        None => entry,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_shares_of_a_thousand() {
        assert_eq!(CULTURES.iter().map(|culture| culture.weight).sum::<u32>(), 1000);
    }

    #[test]
    fn an_entry_has_forms_and_scripts() {
        let entry = "Вишневський|Vyshnevskyi/Вишневська|Vyshnevska";
        assert_eq!(written(entry, true), "Вишневська");
        assert_eq!(romanised(entry, false), "Vyshnevskyi");
        assert_eq!(written("Wójcik", true), "Wójcik");
    }

    #[test]
    fn names_are_made_of_what_names_are_made_of() {
        let allowed = |c: char| c.is_alphabetic() || " -.,()·'’ʾʿ\u{300}\u{301}\u{323}".contains(c);
        for culture in CULTURES {
            for entry in culture.female.iter().chain(culture.male).chain(culture.last) {
                for female in [false, true] {
                    let name = written(entry, female);
                    assert!(name.chars().all(allowed), "{name}");
                }
            }
        }
    }
}
