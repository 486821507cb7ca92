//! From the file to checked settings: every mistake is named with its place and its remedy.

use std::{collections::BTreeMap, path::Path};

use domain::{
    eligibility::{Rule, SegmentRow},
    email,
    field::Field,
    programme,
    record::AttributeType,
    rules::MappedAttribute,
    schedule::Schedule,
    setup::{Draft, Flaw, Mistake, Mistakes, Place, Recipient, Step},
};
use jiff::civil::Time;
use secrecy::SecretString;
use sources::personio;

use super::{
    SetUpError,
    file::{Elsewhere, File, IntegrationTable, ProgrammeTable, RecipientEntry, Secret, SegmentTable},
};

/// An integration's settings, checked as far as that goes without asking the source.
#[derive(Debug)]
pub struct SetUp {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) time_zone: String,
    pub(super) source: String,
    pub(super) owner: String,
    pub(super) base_url: Option<String>,
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) requests_per_minute: Option<u32>,
    pub(super) draft: Draft,
}

impl SetUp {
    /// The HR system, such as `personio`.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Reads a set-up file's text. Secrets in files of their own are looked for beside it, in
    /// `beside`; those in the environment are asked of `variable`.
    pub fn parse(text: &str, beside: &Path, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, SetUpError> {
        let file: File = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
        check_programme(&file.programme)?;
        check_integration(&file.integration)?;
        let draft = draft(&file)?;
        let elsewhere = Whereabouts { beside, variable };
        Ok(Self {
            slug: file.programme.slug,
            name: file.programme.name.trim().to_owned(),
            time_zone: file.programme.time_zone,
            source: file.integration.source,
            owner: file.integration.owner,
            base_url: file.integration.base_url,
            client_id: elsewhere.find("[integration] client_id", file.integration.client_id)?,
            client_secret: elsewhere.find("[integration] client_secret", file.integration.client_secret)?.into(),
            requests_per_minute: file.integration.requests_per_minute,
            draft,
        })
    }
}

/// Where a file is not of the form that is expected. Of the line only the key is shown: a secret may be its value.
fn unreadable(text: &str, error: &toml::de::Error) -> SetUpError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let number = before.matches('\n').count();
    let key = text.lines().nth(number).and_then(key_in).map(|key| format!(", {key}")).unwrap_or_default();
    SetUpError::Form(format!("line {}{key}: {}.", number + 1, error.message().replace('\n', "; ")))
}

/// What is set in a line of a file, or the table that begins there.
fn key_in(line: &str) -> Option<&str> {
    let line = line.trim();
    let key = if line.starts_with('[') { line } else { line.split_once('=')?.0.trim_end() };
    let is_key = |it: char| it.is_ascii_alphanumeric() || "_-.[]".contains(it);
    (!key.is_empty() && key.chars().all(is_key)).then_some(key)
}

struct Whereabouts<'a> {
    beside: &'a Path,
    variable: &'a dyn Fn(&str) -> Option<String>,
}

impl Whereabouts<'_> {
    fn find(&self, place: &str, secret: Secret) -> Result<String, SetUpError> {
        let value = match secret {
            Secret::Text(text) => text,
            Secret::Elsewhere(Elsewhere::Env(name)) => (self.variable)(&name).ok_or_else(|| {
                let problem = format!("the environment variable {name} is not set.");
                SetUpError::value(place, problem, "Set it, or write the value into the file.")
            })?,
            Secret::Elsewhere(Elsewhere::File(path)) => {
                std::fs::read_to_string(self.beside.join(&path)).map_err(|error| {
                    let problem = format!("the file {path} cannot be read: {error}.");
                    SetUpError::value(place, problem, "Name a file that this user may read.")
                })?
            }
        };
        let value = value.trim().to_owned();
        if value.is_empty() {
            return Err(SetUpError::value(place, "it is empty.", "Copy it from Personio's integration page."));
        }
        Ok(value)
    }
}

fn check_programme(table: &ProgrammeTable) -> Result<(), SetUpError> {
    let slug = &table.slug;
    if programme::is_reserved(slug) {
        let problem = format!("“{slug}” is taken by an address of Rollcall's own.");
        return Err(SetUpError::value("[programme] slug", problem, "Choose another word."));
    }
    if !programme::is_slug(slug) {
        let problem = format!("“{slug}” cannot be used in addresses.");
        return Err(SetUpError::value("[programme] slug", problem, "Use 1 to 40 small letters, digits and hyphens."));
    }
    if !programme::is_name(&table.name) {
        let problem = "it is empty, longer than 100 characters or holds control characters.";
        let remedy = "Write the name that members know the programme by.";
        return Err(SetUpError::value("[programme] name", problem, remedy));
    }
    if !programme::is_time_zone(&table.time_zone) {
        let problem = format!("there is no time zone “{}”.", table.time_zone);
        return Err(SetUpError::value("[programme] time_zone", problem, "Use a name such as “Europe/Berlin”."));
    }
    Ok(())
}

fn check_integration(integration: &IntegrationTable) -> Result<(), SetUpError> {
    if integration.source != personio::DESCRIPTION.key {
        let problem = format!("“{}” cannot be read.", integration.source);
        return Err(SetUpError::value("[integration] source", problem, "Use “personio”."));
    }
    if !email::is_valid(&integration.owner) {
        let problem = format!("“{}” is not an e-mail address.", integration.owner);
        return Err(SetUpError::value("[integration] owner", problem, "Name who is told about imports."));
    }
    Ok(())
}

fn draft(file: &File) -> Result<Draft, SetUpError> {
    let mut mapping = BTreeMap::new();
    let mapped = |key: &String| MappedAttribute { key: key.clone(), kind: AttributeType::Text };
    for (name, attribute) in file.mapping.iter().filter(|(name, _)| *name != "employee_id") {
        let field = name.parse::<Field>().ok().filter(|field| Field::standard().any(|standard| standard == *field));
        let field = field.ok_or_else(|| {
            let known: Vec<String> = Field::standard().map(|field| field.to_string()).collect();
            let remedy = format!("The fields are employee_id, {}; others go under [custom_fields].", known.join(", "));
            SetUpError::value(format!("[mapping] {name}"), "there is no such member field.", remedy)
        })?;
        mapping.insert(field, mapped(attribute));
    }
    mapping.extend(file.custom_fields.iter().map(|(name, attribute)| (Field::custom(name), mapped(attribute))));
    let Some(employee_id) = file.mapping.get("employee_id") else {
        return Err(Mistakes(vec![Mistake::new(Place::EmployeeId, Flaw::NotMapped { likely: "id" })]).into());
    };
    let (segment, tables) = segment(&file.segment);
    let draft = Draft {
        employee_id: employee_id.clone(),
        mapping,
        segment,
        early_days: file.integration.days_before_hire_date,
        absent: file.integration.absent,
        welcome_email: file.integration.welcome_email,
        no_mailbox_domains: file.integration.no_mailbox_domains.iter().map(|domain| email::key(domain)).collect(),
        guard: file.guard,
        schedule: schedule(&file.integration)?,
        recipients: file.integration.recipients.iter().map(recipient).collect(),
        saved: [Step::InitialSetup, Step::Mapping].into(),
    };
    let mut mistakes = draft.check_mapping(None);
    mistakes.extend(draft.check_basics());
    for mistake in &mut mistakes {
        if let Place::Segment(row) = &mut mistake.place {
            *row = tables.get(*row).copied().unwrap_or_default();
        }
    }
    Mistakes::unless_none(mistakes)?;
    Ok(draft)
}

/// The rows of the segment, and of each the number of the table that it stands in.
fn segment(tables: &[SegmentTable]) -> (Vec<SegmentRow>, Vec<usize>) {
    let (mut rows, mut numbers) = (Vec::new(), Vec::new());
    for (number, table) in tables.iter().enumerate() {
        let nothing = table.include.is_empty() && table.exclude.is_empty();
        for (rule, values) in [(Rule::Include, &table.include), (Rule::Exclude, &table.exclude)] {
            // A table without values is kept, so that it is found wanting.
            if !values.is_empty() || (nothing && rule == Rule::Include) {
                rows.push(SegmentRow { attribute: table.attribute.clone(), rule, values: values.clone() });
                numbers.push(number);
            }
        }
    }
    (rows, numbers)
}

fn recipient(entry: &RecipientEntry) -> Recipient {
    match entry {
        RecipientEntry::Address(address) => Recipient { address: address.clone(), failures_only: false },
        RecipientEntry::Table(recipient) => recipient.clone(),
    }
}

fn schedule(integration: &IntegrationTable) -> Result<Schedule, SetUpError> {
    let mut schedule = Schedule { frequency: integration.frequency, ..Schedule::default() };
    if let Some(text) = &integration.time {
        let time = Time::strptime("%H:%M", text).map_err(|_| {
            let problem = format!("“{text}” is not a time of day.");
            SetUpError::value("[integration] time", problem, "Write it like “06:00”.")
        })?;
        (schedule.hour, schedule.minute) = (time.hour(), time.minute());
    }
    schedule.weekday = integration.weekday.unwrap_or(schedule.weekday);
    schedule.day = integration.day.unwrap_or(schedule.day);
    Ok(schedule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_toml_is_told_by_its_line_and_never_by_what_stands_there() {
        let parse = |text: &str| SetUp::parse(text, Path::new("nowhere"), &|_| None).unwrap_err().to_string();
        let told = parse("[programme]\nslug = \"acme\"\n[integration]\nclient_secret = \"a-secret-without-an-end\n");
        assert!(told.starts_with("line 4, client_secret: ") && !told.contains("a-secret"), "{told}");
        let told = parse("[programme]\na-secret\n");
        assert!(told.starts_with("line 2: ") && !told.contains("a-secret"), "{told}");
        let told = parse("[programme]\nslug = 5\n");
        assert!(told.starts_with("line 2, slug: ") && told.contains("string"), "{told}");
    }
}
