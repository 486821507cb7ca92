//! From the file to checked settings: every mistake is named with its place and its remedy.

use std::{collections::BTreeMap, path::Path};

use domain::{
    eligibility::{Rule, SegmentRow},
    email,
    field::{CustomField, Field, MOST_CUSTOM_FIELDS},
    guard::Thresholds,
    programme,
    record::AttributeType,
    rules::{MappedAttribute, Rules},
};
use secrecy::SecretString;
use sources::personio;

use super::{
    SetUpError,
    file::{Elsewhere, File, IntegrationTable, ProgrammeTable, Secret, SegmentTable},
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
    pub(super) frequency: &'static str,
    pub(super) rules: Rules,
}

impl SetUp {
    /// Reads a set-up file's text. Secrets in files of their own are looked for beside it, in
    /// `beside`; those in the environment are asked of `variable`.
    pub fn parse(text: &str, beside: &Path, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, SetUpError> {
        let file: File = toml::from_str(text).map_err(|error| SetUpError::Form(error.to_string()))?;
        check_programme(&file.programme)?;
        check_integration(&file.integration)?;
        check_guard(&file.guard)?;
        let elsewhere = Whereabouts { beside, variable };
        let rules = rules(&file)?;
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
            frequency: file.integration.frequency.as_str(),
            rules,
        })
    }
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
    if let Some(domain) = integration.no_mailbox_domains.iter().find(|domain| domain.contains('@') || domain.is_empty())
    {
        let problem = format!("“{domain}” is not a domain.");
        let remedy = "Write what stands behind the @, such as “no-mailbox.acme.example”.";
        return Err(SetUpError::value("[integration] no_mailbox_domains", problem, remedy));
    }
    Ok(())
}

fn check_guard(guard: &Thresholds) -> Result<(), SetUpError> {
    let shares = [
        ("leavers_percent", guard.leavers_percent),
        ("week_leavers_percent", guard.week_leavers_percent),
        ("short_read_percent", guard.short_read_percent),
        ("identity_percent", guard.identity_percent),
    ];
    match shares.into_iter().find(|(_, share)| *share > 100) {
        Some((key, share)) => {
            let problem = format!("{share} % is more than everybody.");
            Err(SetUpError::value(format!("[guard] {key}"), problem, "Use a number from 0 to 100."))
        }
        None => Ok(()),
    }
}

fn rules(file: &File) -> Result<Rules, SetUpError> {
    let mut mapping = BTreeMap::new();
    let mut used: BTreeMap<&str, String> = BTreeMap::new();
    let mut employee_id = None;
    for (name, attribute) in &file.mapping {
        let place = format!("[mapping] {name}");
        once(&mut used, &place, attribute)?;
        if name == "employee_id" {
            employee_id = Some(attribute.clone());
            continue;
        }
        let field = name.parse::<Field>().ok().filter(|field| Field::standard().any(|standard| standard == *field));
        let field = field.ok_or_else(|| {
            let known: Vec<String> = Field::standard().map(|field| field.to_string()).collect();
            let remedy = format!("The fields are employee_id, {}; others go under [custom_fields].", known.join(", "));
            SetUpError::value(&place, "there is no such member field.", remedy)
        })?;
        mapping.insert(field, MappedAttribute { key: attribute.clone(), kind: AttributeType::Text });
    }
    if file.custom_fields.len() > MOST_CUSTOM_FIELDS {
        let problem = format!("there are {} custom fields.", file.custom_fields.len());
        let remedy = format!("Keep at most {MOST_CUSTOM_FIELDS}.");
        return Err(SetUpError::value("[custom_fields]", problem, remedy));
    }
    for (name, attribute) in &file.custom_fields {
        let place = format!("[custom_fields] {name}");
        CustomField::check_name(name).map_err(|error| SetUpError::value(&place, error.to_string(), ""))?;
        once(&mut used, &place, attribute)?;
        mapping.insert(Field::custom(name), MappedAttribute { key: attribute.clone(), kind: AttributeType::Text });
    }
    let missing = |name: &str, what: &str| {
        let remedy = format!("Add a line such as `{name} = \"{what}\"`.");
        SetUpError::value(
            format!("[mapping] {name}"),
            "it is not mapped, and nobody can be a member without it.",
            remedy,
        )
    };
    if !mapping.contains_key(&Field::Email) {
        return Err(missing("email", "email"));
    }
    Ok(Rules {
        employee_id: employee_id.ok_or_else(|| missing("employee_id", "id"))?,
        status: personio::DESCRIPTION.status_attribute.to_owned(),
        mapping,
        segment: segment(&file.segment)?,
        early_days: file.integration.days_before_hire_date,
        absent: file.integration.absent,
        welcome_email: file.integration.welcome_email,
        no_mailbox_domains: file.integration.no_mailbox_domains.iter().map(|domain| email::key(domain)).collect(),
        guard: file.guard,
    })
}

fn once<'a>(used: &mut BTreeMap<&'a str, String>, place: &str, attribute: &'a str) -> Result<(), SetUpError> {
    if attribute.trim().is_empty() {
        return Err(SetUpError::value(place, "no attribute is named.", "Name one, or take the line out."));
    }
    match used.insert(attribute, place.to_owned()) {
        Some(first) => {
            let problem = format!("the attribute “{attribute}” already feeds {first}.");
            Err(SetUpError::value(place, problem, "Use each attribute once."))
        }
        None => Ok(()),
    }
}

fn segment(tables: &[SegmentTable]) -> Result<Vec<SegmentRow>, SetUpError> {
    let mut rows = Vec::new();
    for (number, table) in tables.iter().enumerate() {
        let place = format!("[[segment]] number {}", number + 1);
        if table.attribute.trim().is_empty() || (table.include.is_empty() && table.exclude.is_empty()) {
            let problem = "it names no attribute, or no value to include or exclude.";
            return Err(SetUpError::value(place, problem, "Give it an attribute and a list of values."));
        }
        for (rule, values) in [(Rule::Include, &table.include), (Rule::Exclude, &table.exclude)] {
            if values.iter().any(|value| value.trim().is_empty()) {
                return Err(SetUpError::value(place, "one of the values is empty.", "Take it out."));
            }
            if !values.is_empty() {
                rows.push(SegmentRow { attribute: table.attribute.clone(), rule, values: values.clone() });
            }
        }
    }
    Ok(rows)
}
