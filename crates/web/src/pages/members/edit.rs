//! A member's values: entered for a new one, or changed where no HR system feeds them (R17).

use askama::Template;
use axum::extract::Path;
use domain::{
    field::Field,
    member::State,
    problem::{Code, Problem},
};
use engine::{EngineError, MemberEntries, Origin, Ways};
use store::members::Listed;

use super::{called, found, show::from};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Choice, Entries, Input, Summary, Wrongs, again},
    page::{Page, Shell, draw, go_on},
    tell::{self, Labels},
};

/// The fields of a form, by what they are about.
const PARTS: [(&str, &[Field]); 4] = [
    (
        "person",
        &[Field::FirstName, Field::LastName, Field::PreferredName, Field::Title, Field::Gender, Field::DateOfBirth],
    ),
    ("contact", &[Field::Email, Field::PersonalEmail, Field::Phone, Field::Language]),
    (
        "work",
        &[
            Field::JobTitle,
            Field::Department,
            Field::Division,
            Field::Subdivision,
            Field::Location,
            Field::ContractStartDate,
        ],
    ),
    ("address", &[Field::AddressLine1, Field::AddressLine2, Field::AddressLine3, Field::AddressLine4, Field::Postcode]),
];

#[derive(Template)]
#[template(path = "pages/members/edit.html")]
struct Edit {
    shell: Shell,
    /// Where the form goes, and where one goes on without it.
    at: String,
    back: String,
    /// The member who is edited.
    member: Option<String>,
    version: i64,
    summary: Summary,
    parts: Vec<Part>,
    /// Whether the new member is to be invited; `None` for one who is there.
    invite: Option<bool>,
    /// Whether somebody like them is known, and whether they are added all the same.
    alike: Option<bool>,
}

/// Entries that go together.
struct Part {
    name: String,
    entries: Vec<Entry>,
}

enum Entry {
    Text(Input),
    Choice(Choice),
    /// What an HR system feeds: shown, and not to be changed.
    Fed {
        label: String,
        value: String,
        from: String,
    },
}

fn entry(manager: &Manager, labels: &Labels, field: &Field, value: &str, origin: &Origin, wrongs: &Wrongs) -> Entry {
    let words = manager.words;
    let label = tell::field(words, field);
    if !origin.is_open() {
        let value = tell::value(words, &manager.clock, field, value);
        return Entry::Fed { label, value, from: from(manager, labels, origin) };
    }
    let id = field.to_string();
    match field {
        Field::Gender => {
            let words_of = ["", "female", "male", "diverse", "not specified"].map(|word| {
                let key = if word.is_empty() { "none".to_owned() } else { word.replace(' ', "-") };
                (word.to_owned(), words.of("gender-", key).to_string())
            });
            Entry::Choice(Choice::new(id, label, words_of.to_vec()).value(value).told(wrongs))
        }
        Field::DateOfBirth | Field::ContractStartDate => Entry::Text(Input::day(id, label).value(value).told(wrongs)),
        Field::Email => Entry::Text(Input::email(&id, label).required().value(value).told(wrongs)),
        Field::PersonalEmail => Entry::Text(Input::email(&id, label).value(value).told(wrongs)),
        Field::Language => {
            Entry::Text(Input::new(id, label).hint(words.t("member-language-hint")).value(value).told(wrongs))
        }
        _ => Entry::Text(Input::new(id, label).value(value).told(wrongs)),
    }
}

async fn parts(
    manager: &Manager,
    listed: Option<&Listed>,
    value: impl Fn(&Field) -> String,
    wrongs: &Wrongs,
) -> Result<Vec<Part>, Failure> {
    let engine = &manager.web.engine;
    let fields = engine.member_fields(&manager.programme).await?;
    let all = fields.into_iter().map(|(field, _)| field);
    let origins: Vec<(Field, Origin)> = match listed {
        Some(listed) => engine.origins(manager.programme.number(), &listed.member, all).await?,
        None => all.map(|field| (field, Origin::ByHand)).collect(),
    };
    let labels = Labels::of(manager).await?;
    let entry = |field: &Field| {
        let origin = origins.iter().find(|(one, _)| one == field).map(|(_, origin)| origin)?;
        Some(entry(manager, &labels, field, &value(field), origin, wrongs))
    };
    let mut parts: Vec<Part> = PARTS
        .iter()
        .map(|(name, fields)| Part {
            name: manager.words.of("member-part-", name).to_string(),
            entries: fields.iter().filter_map(entry).collect(),
        })
        .collect();
    let custom: Vec<Entry> = origins
        .iter()
        .map(|(field, _)| field)
        .filter(|field| matches!(field, Field::Custom(_)))
        .filter_map(entry)
        .collect();
    if !custom.is_empty() {
        parts.push(Part { name: manager.words.t("fact-custom").to_string(), entries: custom });
    }
    Ok(parts)
}

/// What was typed, field by field.
async fn typed(manager: &Manager, entries: &Entries) -> Result<MemberEntries, Failure> {
    let fields = manager.web.engine.member_fields(&manager.programme).await?;
    let typed = fields.into_iter().filter_map(|(field, _)| {
        let name = field.to_string();
        entries.has(&name).then(|| (field, entries.get(&name).to_owned()))
    });
    Ok(typed.collect())
}

async fn blank(manager: &Manager, entries: &Entries, invite: bool, wrongs: &Wrongs) -> Result<Edit, Failure> {
    let words = manager.words;
    Ok(Edit {
        shell: manager.shell(words.t("member-add")),
        at: manager.at("members"),
        back: manager.at("members"),
        member: None,
        version: 0,
        summary: wrongs.summary(words),
        parts: parts(manager, None, |field| entries.get(&field.to_string()).to_owned(), wrongs).await?,
        invite: Some(invite),
        alike: None,
    })
}

/// `GET /manage/{programme}/members/new`
pub(super) async fn new(manager: Manager) -> Page {
    draw(&blank(&manager, &Entries::default(), true, &Wrongs::default()).await?)
}

/// `POST /manage/{programme}/members`
pub(super) async fn add(manager: Manager, entries: Entries) -> Page {
    let (typed, invite) = (typed(&manager, &entries).await?, entries.has("invite"));
    let ways = Ways { invite, all_the_same: entries.has("all_the_same") };
    match manager.web.engine.add_member(&manager.programme, &typed, ways, &manager.actor()).await {
        Ok(id) => {
            let said = if invite { "member-added-invited" } else { "member-added" };
            Ok(go_on(&manager.at(format_args!("members/{id}")), said))
        }
        Err(error) => {
            let is_alike = |problem: &Problem| matches!(problem.code, Code::PossibleDuplicate | Code::PossibleRehire);
            let asks = matches!(&error, EngineError::Person(problems) if problems.iter().any(is_alike));
            let wrongs = Wrongs::told(manager.words, error)?;
            let page = blank(&manager, &entries, invite, &wrongs).await?;
            let alike = (asks || ways.all_the_same).then_some(ways.all_the_same);
            again(&Edit { alike, ..page })
        }
    }
}

async fn filled(
    manager: &Manager,
    listed: &Listed,
    version: i64,
    entries: Option<&Entries>,
    wrongs: &Wrongs,
) -> Result<Edit, Failure> {
    let words = manager.words;
    let member = &listed.member;
    let value = |field: &Field| {
        let name = field.to_string();
        let typed = entries.filter(|entries| entries.has(&name)).map(|entries| entries.get(&name).to_owned());
        typed.or_else(|| member.fields.get(field).cloned()).unwrap_or_default()
    };
    let name = called(words, member);
    let at = manager.at(format_args!("members/{}", member.id));
    Ok(Edit {
        shell: manager.shell(words.t("member-edit").with("name", &name)),
        at: format!("{at}/edit"),
        back: at,
        member: Some(name),
        version,
        summary: wrongs.summary(words),
        parts: parts(manager, Some(listed), value, wrongs).await?,
        invite: None,
        alike: None,
    })
}

/// `GET /manage/{programme}/members/{member}/edit`
pub(super) async fn show(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    let listed = found(&manager, &id).await?;
    if listed.member.state == State::Closed {
        return Ok(go_on(&manager.at(format_args!("members/{}", listed.member.id)), ""));
    }
    draw(&filled(&manager, &listed, listed.member.version, None, &Wrongs::default()).await?)
}

/// `POST /manage/{programme}/members/{member}/edit`
pub(super) async fn save(manager: Manager, Path((_, id)): Path<(String, String)>, entries: Entries) -> Page {
    let mut listed = found(&manager, &id).await?;
    let typed = typed(&manager, &entries).await?;
    // What was looked at is what is changed.
    let version = entries.get("version").parse().unwrap_or(listed.member.version);
    listed.member.version = version;
    match manager.web.engine.edit_member(&manager.programme, &listed, &typed, &manager.actor()).await {
        Ok(()) => Ok(go_on(&manager.at(format_args!("members/{}", listed.member.id)), "member-edited")),
        Err(error) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&filled(&manager, &listed, version, Some(&entries), &wrongs).await?)
        }
    }
}
