//! The attributes that every company has.

use serde_json::json;

use super::{Context, Empty, Kind, Mangled, value::Value};
use crate::{
    company::{
        org::{self, DEPARTMENTS, OFFICES},
        person::{Mailbox, Person, Role},
    },
    dice::scatter,
};

/// One attribute, and how its value follows from the person.
pub(crate) struct Definition {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    pub(crate) universal_id: Option<&'static str>,
    pub(crate) options: &'static [&'static str],
    pub(crate) empty: Empty,
    pub(crate) value: for<'a> fn(&'a Person, &Context<'a>) -> Value<'a>,
}

impl Definition {
    /// Of a blank person only id and status are known, and that they left; the rest is what was told.
    pub(super) fn is_known_of(&self, person: &Person) -> bool {
        let left = person.left.is_some() && matches!(self.key, "termination_date" | "termination_type");
        !person.blank || left || matches!(self.key, "id" | "status")
    }
}

/// Attributes whose value is a unit, with the type that the API gives it.
pub(crate) const PARTS_OF_UNITS: &[(&str, &str)] =
    &[("subcompany", "Subcompany"), ("office", "Office"), ("department", "Department"), ("team", "Team")];

const LANGUAGES: &[&str] =
    &["ar", "cs", "de", "el", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ro", "sv", "tr", "uk", "vi"];
const SHIRTS: &[&str] = &["XS", "S", "M", "L", "XL", "XXL"];
const SKILLS: &[&str] =
    &["First aid", "Forklift", "CI/CD", "Rust", "Power-Point", "Sign language", "Fire safety", "Negotiation"];
const CAUSES: &[&str] = &["employee", "employer", "contract-end"];

type Show = for<'a> fn(&'a Person, &Context<'a>) -> Value<'a>;

const fn standard(key: &'static str, label: &'static str, value: Show) -> Definition {
    Definition { key, label, kind: Kind::Standard, universal_id: Some(key), options: &[], empty: Empty::Text, value }
}

const fn date(key: &'static str, label: &'static str, value: Show) -> Definition {
    Definition { kind: Kind::Date, empty: Empty::Null, ..standard(key, label, value) }
}

const fn object(key: &'static str, label: &'static str, value: Show) -> Definition {
    Definition { empty: Empty::Object, ..standard(key, label, value) }
}

/// An attribute that this company added: it has a number for a key, and no universal name.
const fn dynamic(key: &'static str, label: &'static str, kind: Kind, value: Show) -> Definition {
    let empty = if matches!(kind, Kind::Date) { Empty::Null } else { Empty::Text };
    Definition { kind, universal_id: None, empty, ..standard(key, label, value) }
}

/// Every built-in attribute, in the order in which the API gives them.
pub(crate) static BUILT_IN: &[Definition] = &[
    Definition {
        kind: Kind::Integer,
        empty: Empty::Null,
        ..standard("id", "ID", |person, context| Value::Integer(person.id + context.renumbered_by))
    },
    standard("first_name", "First name", |person, _| person.name.first().into()),
    standard("last_name", "Last name", |person, _| person.name.last().into()),
    standard("preferred_name", "Preferred name", |person, _| person.name.preferred().unwrap_or_default().into()),
    standard("email", "Email", |person, context| email(person, context).into()),
    standard("gender", "Gender", |person, _| gender(person).into()),
    standard("status", "Status", |person, _| person.status.word().into()),
    standard("position", "Position", |person, _| position(person).into()),
    object("supervisor", "Supervisor", |person, context| {
        context.company.person(person.supervisor).map_or(Value::Empty(Empty::Object), Value::Person)
    }),
    standard("employment_type", "Employment type", |person, _| {
        if person.external { "external" } else { "internal" }.into()
    }),
    standard("weekly_working_hours", "Weekly hours", |person, _| hours(person).into()),
    date("hire_date", "Hire date", |person, _| Value::Midnight(person.hired)),
    date("contract_end_date", "Contract ends", |person, _| person.contract_end.into()),
    date("termination_date", "Termination date", |person, _| person.left.into()),
    standard("termination_type", "Termination type", |person, _| {
        let causes = u32::try_from(CAUSES.len()).unwrap_or_default();
        person.left.map_or(Value::Empty(Empty::Text), |_| CAUSES[person.constant(8, causes) as usize].into())
    }),
    date("probation_period_end", "Probation period end", |person, _| {
        Value::Midnight(person.hired.saturating_add(jiff::Span::new().months(6)))
    }),
    date("created_at", "created_at", |person, _| Value::Instant(person.created)),
    date("last_modified_at", "Last modified", |person, _| Value::Instant(person.modified)),
    object("subcompany", "Subcompany", |person, _| {
        let name = office(person).subcompany;
        let first = OFFICES.iter().position(|office| office.subcompany == name).unwrap_or_default();
        Value::Unit("Subcompany", 171 + number(first), name.into())
    }),
    object("office", "Office", |person, _| {
        Value::Unit("Office", 60_302 + i64::from(person.post.office), office(person).name.into())
    }),
    object("department", "Department", |person, _| {
        Value::Unit("Department", 281_521 + i64::from(person.post.department), department(person).name.into())
    }),
    object("team", "Team", |person, _| {
        if matches!(person.post.role, Role::Position(0)) {
            return Value::Empty(Empty::Object);
        }
        let id = 450_200 + 1000 * i64::from(person.post.department) + i64::from(person.post.team);
        Value::Unit("Team", id, org::team_name(department(person), person.post.team).into())
    }),
    Definition {
        empty: Empty::List,
        ..standard("cost_centers", "Cost center", |person, _| {
            Value::CostCenter(82_957 + i64::from(person.post.department), department(person).cost_center)
        })
    },
    object("holiday_calendar", "Public holidays", |person, _| {
        let country = office(person).country;
        let attributes = json!({ "id": 1 + person.post.office, "name": format!("{country} (all)"), "country": country, "state": null });
        Value::Object(json!({ "type": "HolidayCalendar", "attributes": attributes }))
    }),
    object("work_schedule", "Work schedule", |person, _| Value::Object(schedule(person))),
    Definition {
        kind: Kind::Decimal,
        empty: Empty::Null,
        ..standard("fix_salary", "Fix salary", |person, _| {
            Value::Integer(2_400 + 50 * i64::from(person.constant(1, 90)))
        })
    },
    standard("fix_salary_interval", "Salary interval", |_, _| "monthly".into()),
    Definition {
        kind: Kind::Link,
        ..standard("profile_picture", "Profile picture", |person, context| match person.constant(2, 3) {
            0 => Value::Empty(Empty::Null),
            _ => format!("{}/company/employees/{}/profile-picture", context.base_url, person.id).into(),
        })
    },
    Definition {
        universal_id: Some("personal_email"),
        ..dynamic("dynamic_1830001", "Private e-mail", Kind::Standard, |person, _| {
            let wanted = if person.mailbox == Mailbox::MadeUp { 7 } else { 3 };
            if person.constant(3, 10) >= wanted {
                return Value::Empty(Empty::Text);
            }
            let host = ["post.example", "mail.example", "web.example"][person.constant(4, 3) as usize];
            format!("{}@{host}", handle(person)).into()
        })
    },
    Definition {
        universal_id: Some("date_of_birth"),
        ..dynamic("dynamic_1830002", "Date of birth", Kind::Date, |person, _| Value::Midnight(person.born))
    },
    Definition {
        options: SHIRTS,
        ..dynamic("dynamic_1830003", "T-shirt size", Kind::List, |person, _| {
            SHIRTS.get(person.constant(5, 7) as usize).copied().unwrap_or_default().into()
        })
    },
    dynamic("dynamic_1830004", "Kostenstelle", Kind::Standard, |person, _| department(person).cost_center.into()),
    Definition {
        options: LANGUAGES,
        ..dynamic("dynamic_1830005", "Preferred language", Kind::List, |person, _| match person.constant(6, 10) {
            0 | 1 => Value::Empty(Empty::Text),
            2..=4 => "en".into(),
            _ => person.language().into(),
        })
    },
    // A day of the company's own is written plainly here, unlike the date of birth: both are seen.
    dynamic("dynamic_1830006", "Anniversary", Kind::Date, |person, _| Value::Day(person.hired)),
    Definition {
        options: SKILLS,
        ..dynamic("dynamic_1830007", "Skills", Kind::Tags, |person, _| {
            let chosen = person.constant(7, 1 << SKILLS.len()) & person.constant(9, 1 << SKILLS.len());
            let skills: Vec<_> = (0..SKILLS.len()).filter(|at| chosen & (1 << at) != 0).map(|at| SKILLS[at]).collect();
            if skills.is_empty() { Value::Empty(Empty::Text) } else { Value::Tags(skills) }
        })
    },
    // The zeros belong to the number, and a person who came back keeps it.
    dynamic("dynamic_1830008", "Personalnummer", Kind::Standard, |person, _| {
        format!("{:08}", person.trait_seed % 10_000_000).into()
    }),
    dynamic("dynamic_1830009", "Private address", Kind::Multiline, |person, _| office(person).address.into()),
    dynamic("dynamic_1830010", "Profile", Kind::Link, |person, _| match person.constant(10, 4) {
        0 => format!("https://people.example/{}", handle(person)).into(),
        _ => Value::Empty(Empty::Text),
    }),
    dynamic("dynamic_1830011", "Phone", Kind::Standard, |person, _| match person.constant(11, 5) {
        0 => Value::Empty(Empty::Text),
        _ => format!("+49 30 {:07}", person.constant(12, 10_000_000)).into(),
    }),
    dynamic("dynamic_1830012", "Title", Kind::Standard, |person, _| match person.constant(13, 40) {
        0 => "Dr.".into(),
        1 => "Prof. Dr.".into(),
        2 => "Dipl.-Ing.".into(),
        _ => Value::Empty(Empty::Text),
    }),
];

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or_default()
}

fn office(person: &Person) -> &'static org::Office {
    &OFFICES[usize::from(person.post.office)]
}

fn department(person: &Person) -> &'static org::Department {
    &DEPARTMENTS[usize::from(person.post.department)]
}

fn email(person: &Person, context: &Context<'_>) -> String {
    let (local, domain) = (person.local_part(), context.company.domain());
    match person.mailbox {
        Mailbox::Company => format!("{local}@{domain}"),
        Mailbox::MadeUp => format!("{local}@no-mailbox.{domain}"),
        Mailbox::Mangled => match (context.writing.mangled, five_characters(person.id)) {
            (Mangled::End, added) => format!("{local}@{domain}_{added}"),
            (Mangled::LocalPart, added) => format!("{local}_{added}@{domain}"),
        },
    }
}

/// Five letters and digits that follow from the id.
fn five_characters(id: i64) -> String {
    let mut bits = scatter(id.unsigned_abs());
    (0..5)
        .map(|_| {
            let digit = u32::try_from(bits % 36).unwrap_or_default();
            bits /= 36;
            char::from_digit(digit, 36).unwrap_or('0')
        })
        .collect()
}

/// How the person is known elsewhere: a marriage does not change it.
fn handle(person: &Person) -> String {
    let local = person.name.local_part();
    let first = local.split('.').next().unwrap_or_default();
    format!("{first}.{}", person.trait_seed % 1_000_000)
}

fn gender(person: &Person) -> &'static str {
    match (person.constant(14, 40), person.name.is_female()) {
        (0, _) => "",
        (1, _) => "diverse",
        (_, true) => "female",
        (_, false) => "male",
    }
}

fn position(person: &Person) -> &'static str {
    match person.post.role {
        Role::Position(at) => department(person).positions.get(usize::from(at)).copied().unwrap_or_default(),
        Role::Intern => org::INTERN,
        Role::WorkingStudent => org::WORKING_STUDENT,
    }
}

fn hours(person: &Person) -> String {
    match (person.hours / 10, person.hours % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenths) => format!("{whole}.{tenths}"),
    }
}

/// The id is beyond what a 64-bit float can hold exactly.
fn schedule(person: &Person) -> serde_json::Value {
    let a_day = format!("{:02}:{:02}", person.hours / 50, person.hours % 50 * 60 / 50);
    let id = 1_067_807_102_794_692_000_i64 + i64::from(person.hours) * 1_001;
    json!({ "type": "WorkSchedule", "attributes": {
        "id": id, "name": format!("{} h", hours(person)), "valid_from": null,
        "monday": a_day, "tuesday": a_day, "wednesday": a_day, "thursday": a_day, "friday": a_day,
        "saturday": "00:00", "sunday": "00:00",
    }})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::company::{Company, person::Status};

    #[test]
    fn there_is_a_bit_for_every_attribute() {
        assert!(BUILT_IN.len() < 63);
    }

    #[test]
    fn a_leaver_has_a_day_and_a_cause() {
        let company = Company::generate(1, 100, jiff::civil::date(2026, 11, 23));
        for person in company.people() {
            let shown = |key| company.value(person.id, key).expect("shared");
            let has_left = person.status == Status::Inactive;
            assert_eq!(has_left, shown("termination_date") != json!(null));
            assert_eq!(has_left, shown("termination_type") != json!(""));
        }
    }

    #[test]
    fn days_carry_the_offset_of_their_season() {
        let mut company = Company::empty(jiff::civil::date(2026, 11, 23));
        let days = [("2022-01-12", "+01:00"), ("2022-07-01", "+02:00"), ("1835-01-01", "+00:53")];
        for (day, offset) in days {
            let person = json!({ "set": { "id": 1, "hire_date": day } });
            company.append(&serde_json::from_value(person).expect("a change"));
            assert_eq!(company.value(1, "hire_date"), Some(json!(format!("{day}T00:00:00{offset}"))));
            company.remove(1);
        }
    }
}
