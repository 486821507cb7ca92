//! The page of *Mapping*: the form, and what it comes to for the people of the HR system.

use askama::Template;
use domain::{
    field::{Field, MOST_CUSTOM_FIELDS},
    integration::State,
    record::Attribute,
    setup::{Draft, Place, Step},
};
use engine::{
    EngineError,
    setup::{Fit, Progress, Sample},
};
use store::Integration;

use super::{
    super::frame::{Bench, Frame},
    filled::{Filled, in_order},
    rows::{Choosable, Row, Table, choosable},
    segment,
};
use crate::{
    access::Manager,
    failure::Failure,
    form::Wrongs,
    page::Shell,
    tell::{self, Labels},
};

#[derive(Template)]
#[template(path = "pages/set_up/mapping.html")]
pub(super) struct Mapping {
    pub(super) shell: Shell,
    pub(super) frame: Frame,
    pub(super) wrong: Wrongs,
    attributes: Vec<Choosable>,
    identity: Row,
    /// Whether the identity is what members are known by already.
    identity_fixed: bool,
    rows: Vec<Row>,
    /// Fields that could have a row.
    others: Vec<(String, String)>,
    custom: Vec<Row>,
    custom_count: usize,
    custom_fixed: bool,
    segment: Vec<segment::Row>,
    fit: Option<Fit>,
    leavers: Option<segment::Leavers>,
    /// How many people of how many were read, while more are on their way.
    reading: Option<(u64, u64)>,
    /// How many people were looked at, where there are more than that.
    cut_off: Option<u64>,
    /// Why the source could not be asked.
    unanswered: Option<String>,
    /// The entry or button that has the focus, and stands in view; empty for none.
    pub(super) goes_on: String,
}

/// Members are known by the identity from the first publishing on.
pub(super) fn is_identity_fixed(integration: &Integration) -> bool {
    integration.is_published()
}

/// Custom fields change only on the way from revoking to publishing.
pub(super) fn are_custom_fields_fixed(integration: &Integration) -> Result<bool, Failure> {
    Ok(integration.is_published() && integration.state()? != State::Revoked)
}

/// What the source says.
#[derive(Default)]
struct Answers {
    attributes: Vec<Attribute>,
    is_listed: bool,
    sample: Option<Sample>,
    fit: Option<Fit>,
    unanswered: Option<String>,
}

impl Mapping {
    /// The page as it is filled in, or as it is saved.
    pub(super) async fn new(
        manager: &Manager,
        bench: &Bench,
        integration: &Integration,
        filled: Option<Filled>,
        wrong: Wrongs,
    ) -> Result<Self, Failure> {
        let (words, engine) = (manager.words, &manager.web.engine);
        let mut answers = Answers::default();
        match engine.attributes(integration).await {
            Ok(attributes) => (answers.attributes, answers.is_listed) = (attributes.to_vec(), true),
            Err(EngineError::Source(error)) => {
                answers.unanswered = Some(tell::failure_text(words, error.code(), bench.source.name));
            }
            Err(error) => return Err(error.into()),
        }
        let saved = Filled::of(&bench.draft, &engine.suggested_mapping(&answers.attributes));
        let custom_fixed = are_custom_fields_fixed(integration)?;
        let filled = match filled {
            // Where they are fixed, the form does not send them.
            Some(filled) if custom_fixed => Filled { custom: saved.custom, ..filled },
            Some(filled) => filled,
            None => saved,
        };
        let draft = whole(&filled, &bench.draft, custom_fixed, &answers.attributes);
        if answers.is_listed {
            answers.ask(manager, bench, integration, &filled, &draft).await?;
        }
        let mistakes = engine.check_mapping(integration, &draft)?;
        let attributes = choosable(words, &answers.attributes, bench.source.id_attribute);
        let labels = Labels::of(manager).await?;
        let table = Table {
            words,
            attributes: &attributes,
            labels: &labels,
            sample: answers.sample.as_ref(),
            fit: answers.fit.as_ref(),
            mistakes: &mistakes,
            wrong: &wrong,
            is_listed: answers.is_listed,
        };
        let label = words.t("field-employee_id").to_string();
        let mut identity = table.row("employee_id".into(), label, &Place::EmployeeId, &filled.employee_id);
        identity.hint = Some(words.t("mapping-identity").to_string());
        identity.is_required = true;
        let rows = filled.fields.iter().map(|(field, attribute)| {
            let place = Place::Field(field.clone());
            let mut row = table.row(format!("field.{field}"), tell::field(words, field), &place, attribute);
            row.is_required = field.is_mandatory();
            row.hint = match field {
                Field::Email => Some(words.t("mapping-required").to_string()),
                Field::PersonalEmail => Some(words.t("mapping-personal-email").to_string()),
                _ => None,
            };
            row
        });
        let rows = rows.collect();
        let custom = filled.custom.iter().enumerate().map(|(number, custom)| {
            let place = Place::Field(Field::custom(&domain::field::CustomField::name_of(&custom.title)));
            let row = table.row(format!("custom.{number}"), custom.title.clone(), &place, &custom.attribute);
            // One that has no name yet is called by its number.
            wrong.call(&row.name, words.n("mapping-custom-name-of", number + 1));
            row
        });
        let custom = custom.collect();
        let segment = filled.segment.iter().enumerate().map(|(number, row)| {
            wrong.call(&segment::name(number), words.n("mapping-segment-row", number + 1));
            segment::Row::new(number, row, table.sample, &wrong)
        });
        let segment = segment.collect();
        wrong.call("custom", words.t("mapping-custom"));
        let leavers = match &answers.fit {
            Some(fit) if fit.closing.count > 0 => {
                let (programme, number) = (integration.programme(), integration.number());
                let members = engine.store().current_members(programme, number).await?;
                segment::Leavers::new(words, &fit.closing, members, &draft.guard)
            }
            _ => None,
        };
        let others = in_order().filter(|field| !filled.fields.iter().any(|(one, _)| one == field));
        let (frame, shell) = Frame::new(manager, bench, Step::Mapping)?;
        let (reading, cut_off, failed) = match answers.sample.as_ref().map(|sample| (&sample.progress, sample)) {
            Some((Progress::Reading, sample)) => (Some((sample.people, sample.total)), None, None),
            Some((Progress::CutOff, sample)) => (None, Some(sample.people), None),
            Some((Progress::Failed(detail), _)) => (None, None, Some(detail.clone())),
            Some((Progress::Complete, _)) | None => (None, None, None),
        };
        Ok(Self {
            shell,
            frame,
            identity,
            identity_fixed: is_identity_fixed(integration),
            rows,
            others: others.map(|field| (field.to_string(), tell::field(words, &field))).collect(),
            custom,
            custom_count: filled.custom_count(),
            custom_fixed,
            segment,
            leavers,
            reading,
            cut_off,
            unanswered: answers.unanswered.or(failed),
            fit: answers.fit,
            attributes,
            wrong,
            goes_on: String::new(),
        })
    }

    fn may_add_custom(&self) -> bool {
        self.custom.len() < MOST_CUSTOM_FIELDS
    }

    /// Whether somebody goes on at the entry or button of this name.
    fn goes_on_at(&self, name: impl AsRef<str>) -> bool {
        self.goes_on == name.as_ref()
    }

    /// How many of the people who may be members would be.
    fn fits(&self) -> Option<(u64, u64)> {
        self.fit.as_ref().filter(|fit| fit.people > 0).map(|fit| (fit.fit, fit.inside))
    }
}

/// The draft that the form would make, without rows that are not whole yet.
fn whole(filled: &Filled, draft: &Draft, custom_fixed: bool, shared: &[Attribute]) -> Draft {
    let mut choice = filled.choice(draft, custom_fixed);
    choice.fields.retain(|_, attribute| !attribute.is_empty());
    choice.segment.retain(|row| !row.attribute.is_empty() && !row.values.is_empty());
    choice.put_into(draft, shared)
}

impl Answers {
    /// Reads on in the sample, and judges it.
    async fn ask(
        &mut self,
        manager: &Manager,
        bench: &Bench,
        integration: &Integration,
        filled: &Filled,
        draft: &Draft,
    ) -> Result<(), Failure> {
        let engine = &manager.web.engine;
        let rules = draft.rules(bench.source.status_attribute);
        let mut wanted: Vec<String> = rules.asked().keys().to_vec();
        wanted.extend(filled.segment.iter().map(|row| row.attribute.clone()));
        wanted.retain(|key| !key.is_empty());
        let sample = engine.sample(integration, &wanted).await?;
        if sample.people > 0 {
            self.fit = Some(engine.fit(&manager.programme, integration, draft, &sample).await?);
        }
        self.sample = Some(sample);
        Ok(())
    }
}
