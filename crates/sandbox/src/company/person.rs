//! One person, small enough that a million of them fit.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde_json::Value as Json;

use super::names::{CULTURES, Culture, NICKNAMES, romanised, written};
use crate::dice::Dice;

/// Stands for "none" where a name is an index into a table.
const NONE: u8 = u8::MAX;

/// Where somebody stands in their employment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Signed, and not yet there.
    Onboarding,
    /// At work.
    Active,
    /// Away for a longer time.
    Leave,
    /// Left.
    Inactive,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Onboarding => "onboarding",
            Self::Active => "active",
            Self::Leave => "leave",
            Self::Inactive => "inactive",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Onboarding, Self::Active, Self::Leave, Self::Inactive].into_iter().find(|status| status.word() == word)
    }

    /// Whether the company pays them today.
    pub(crate) fn employed(self) -> bool {
        matches!(self, Self::Active | Self::Leave)
    }
}

/// A name, as indexes into the tables of its culture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    pub(super) culture: u8,
    female: bool,
    pub(super) first: u8,
    pub(super) last: u8,
    second_last: u8,
    nickname: u8,
}

impl Name {
    pub(super) fn new(culture: u8, female: bool, first: u8, last: u8) -> Self {
        Self { culture, female, first, last, second_last: NONE, nickname: NONE }
    }

    pub(super) fn with_second_last(mut self, last: u8) -> Self {
        self.second_last = if last == self.last { NONE } else { last };
        self
    }

    pub(super) fn with_nickname(mut self, nickname: u8) -> Self {
        self.nickname = nickname;
        self
    }

    pub(super) fn culture(self) -> &'static Culture {
        &CULTURES[usize::from(self.culture)]
    }

    pub(crate) fn is_female(self) -> bool {
        self.female
    }

    fn first_entry(self) -> &'static str {
        let culture = self.culture();
        let entries = if self.female { culture.female } else { culture.male };
        entries[usize::from(self.first)]
    }

    pub(crate) fn first(self) -> &'static str {
        written(self.first_entry(), self.female)
    }

    pub(crate) fn last(self) -> String {
        self.surnames(written)
    }

    fn surnames(self, form: fn(&'static str, bool) -> &'static str) -> String {
        let culture = self.culture();
        let last = form(culture.last[usize::from(self.last)], self.female);
        match self.second_last {
            NONE => last.to_owned(),
            second => {
                let second = form(culture.last[usize::from(second)], self.female);
                format!("{last}{}{second}", culture.both_surnames.unwrap_or("-"))
            }
        }
    }

    /// What the person likes to be called, where that is not the first name.
    pub(crate) fn preferred(self) -> Option<&'static str> {
        match self.nickname {
            NONE => self.first().split_once(['-', ' ']).map(|(short, _)| short),
            nickname => NICKNAMES.get(usize::from(nickname)).copied(),
        }
    }

    /// The same person with another surname, or with one more.
    pub(super) fn married(self, dice: &mut Dice) -> Self {
        let surnames = self.culture().last.len();
        let step = 1 + dice.place(surnames - 1);
        let other = u8::try_from((usize::from(self.last) + step) % surnames).unwrap_or_default();
        let alone = Self { last: other, second_last: NONE, ..self };
        if self.second_last == NONE && dice.chance(250) { self.with_second_last(other) } else { alone }
    }

    /// The part of an address before the `@`, without a number.
    pub(crate) fn local_part(self) -> String {
        let first = romanised(self.first_entry(), self.female);
        let last = self.surnames(romanised);
        let mut local = ascii(first);
        local.push('.');
        local.push_str(&ascii(&last));
        local
    }
}

/// A name in the letters that addresses are made of.
fn ascii(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;

    let mut plain = String::with_capacity(name.len() + 2);
    let mut gap = false;
    let mut push = |text: &str, gap: &mut bool| {
        if *gap && !plain.is_empty() {
            plain.push('-');
        }
        *gap = false;
        plain.push_str(text);
    };
    for letter in name.chars() {
        let spelt = match letter {
            'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
            'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
            'ü' | 'Ü' => "ue",
            'ß' => "ss",
            'ł' | 'Ł' => "l",
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'þ' | 'Þ' => "th",
            'ı' => "i",
            ' ' | '-' => {
                gap = true;
                continue;
            }
            _ => {
                for part in letter.nfd().filter(char::is_ascii_alphanumeric) {
                    push(part.to_ascii_lowercase().encode_utf8(&mut [0; 4]), &mut gap);
                }
                continue;
            }
        };
        push(spelt, &mut gap);
    }
    plain
}

/// The kind of address that somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mailbox {
    /// A mailbox of the company's.
    Company,
    /// None: HR made an address up, because one is wanted.
    MadeUp,
    /// What is left to an old profile when its owner came back and took the address along.
    Mangled,
}

/// Where somebody works, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Post {
    pub(crate) department: u8,
    pub(crate) team: u16,
    pub(crate) office: u8,
    pub(crate) role: Role,
}

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A position of the department: 0 heads it, 1 leads a team.
    Position(u8),
    /// Learns for some months.
    Intern,
    /// Studies besides.
    WorkingStudent,
}

impl Role {
    pub(crate) fn leads(self) -> bool {
        matches!(self, Self::Position(0 | 1))
    }
}

/// What an attribute was told to be, against what the person would say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Told {
    /// Not shared at all.
    Absent,
    /// This day, written the way days are.
    Day(Date),
    /// Exactly this.
    Json(Json),
}

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) name: Name,
    pub(crate) mailbox: Mailbox,
    /// Tells apart the addresses of people of the same name; 1 is not written.
    pub(crate) number: u32,
    pub(crate) status: Status,
    pub(crate) external: bool,
    pub(crate) post: Post,
    /// The superior's id; 0 for nobody.
    pub(crate) supervisor: i64,
    /// Weekly hours, in tenths.
    pub(crate) hours: u16,
    pub(crate) hired: Date,
    pub(crate) contract_end: Option<Date>,
    pub(crate) left: Option<Date>,
    pub(crate) born: Date,
    pub(crate) created: DateTime,
    pub(crate) modified: DateTime,
    /// The attributes that the last change was about, one bit each; all of them for a new person.
    pub(crate) changed: u64,
    /// What small facts (shirt size, language, skills) follow from; it stays for life.
    pub(crate) trait_seed: u32,
    /// Whether nothing is known of the person but what was told.
    pub(crate) blank: bool,
    pub(crate) told: BTreeMap<String, Told>,
}

impl Person {
    /// What the attribute was told to be, if anything.
    pub(crate) fn told(&self, key: &str) -> Option<&Told> {
        self.told.get(key)
    }

    /// Sets what the person says about an attribute.
    pub(crate) fn tell(&mut self, key: &str, told: Told) {
        self.told.insert(key.to_owned(), told);
    }

    /// Lets the person speak for itself again.
    pub(super) fn untell(&mut self, key: &str) {
        self.told.remove(key);
    }

    /// A number below `end` that is always the same for this person and this purpose.
    pub(crate) fn constant(&self, purpose: u32, end: u32) -> u32 {
        let scattered = crate::dice::scatter(u64::from(self.trait_seed) ^ (u64::from(purpose) << 32));
        u32::try_from(scattered % u64::from(end.max(1))).unwrap_or_default()
    }

    /// The language the person would choose.
    pub(crate) fn language(&self) -> &'static str {
        self.name.culture().language
    }

    /// The local part with the number that makes it the person's own.
    pub(crate) fn local_part(&self) -> String {
        let mut local = self.name.local_part();
        if self.number > 1 {
            local.push_str(&self.number.to_string());
        }
        local
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_spelt_in_plain_letters() {
        for (name, address) in [
            ("Großmann", "grossmann"),
            ("Nguyễn Thị", "nguyen-thi"),
            ("Łucja", "lucja"),
            ("van 't Hoff", "van-t-hoff"),
            ("Çiğdem Işık", "cigdem-isik"),
            ("Þórður", "thordur"),
            ("N'Diaye", "ndiaye"),
        ] {
            assert_eq!(ascii(name), address);
        }
    }

    #[test]
    fn every_name_has_an_address() {
        for (at, culture) in CULTURES.iter().enumerate() {
            for (female, names) in [(true, culture.female), (false, culture.male)] {
                for first in 0..names.len() {
                    for last in 0..culture.last.len() {
                        let index = |n: usize| u8::try_from(n).expect("tables are short");
                        let local = Name::new(index(at), female, index(first), index(last)).local_part();
                        let (first, last) = local.split_once('.').expect("two parts");
                        assert!(!first.is_empty() && !last.is_empty(), "{local}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_person_stays_small() {
        assert!(size_of::<Person>() <= 136, "{}", size_of::<Person>());
    }
}
