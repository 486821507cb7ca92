//! Every setting in words: to look through before publishing, and to see what a draft changes.

use domain::{
    eligibility::Rule,
    rules::Absent,
    setup::{Draft, Step},
};

use super::{frame::Bench, in_words};
use crate::{
    access::Manager,
    failure::Failure,
    tell::{self, Labels},
};

/// One setting.
pub(super) struct Fact {
    pub(super) step: Step,
    pub(super) name: String,
    pub(super) value: String,
}

/// A setting that the draft changes.
pub(super) struct Changed {
    pub(super) name: String,
    /// As it is published.
    pub(super) before: String,
    /// As the draft has it.
    pub(super) after: String,
}

/// The settings of a draft.
pub(super) fn facts(manager: &Manager, draft: &Draft, labels: &Labels) -> Vec<Fact> {
    let words = manager.words;
    let label = |key: &str| labels.attribute(words, key);
    let yes_no = |yes: bool| if yes { words.t("yes").to_string() } else { words.t("no").to_string() };
    let none = || words.t("facts-none").to_string();
    let listed = |texts: Vec<String>| if texts.is_empty() { none() } else { texts.join(", ") };
    let told = draft.recipients.iter().map(|one| {
        if one.failures_only {
            words.t("facts-failures-only").with("address", &one.address).to_string()
        } else {
            one.address.clone()
        }
    });
    let early = draft.early_days.map_or_else(none, |days| words.n("facts-early", days).to_string());
    let absent = match draft.absent {
        Absent::Leave => words.t("initial-absent-leave"),
        Absent::Keep => words.t("initial-absent-keep"),
    };
    let setting = |step, name: String, value: String| Fact { step, name, value };
    let initial = |name: &str, value| setting(Step::InitialSetup, words.of("facts-", name).to_string(), value);
    let mut facts = vec![
        initial("schedule", in_words(words, draft.schedule, &manager.clock)),
        initial("welcome", yes_no(draft.welcome_email)),
        initial("told", listed(told.collect())),
        initial("domains", listed(draft.no_mailbox_domains.clone())),
        initial("early-days", early),
        initial("absent", absent.to_string()),
        setting(Step::Mapping, words.t("field-employee_id").to_string(), label(&draft.employee_id)),
    ];
    let fields = draft.mapping.iter();
    facts.extend(fields.map(|(field, from)| setting(Step::Mapping, tell::field(words, field), label(&from.key))));
    for (number, row) in draft.segment.iter().enumerate() {
        let rule = match row.rule {
            Rule::Include => words.t("facts-include"),
            Rule::Exclude => words.t("facts-exclude"),
        };
        let value = rule.with("attribute", label(&row.attribute)).with("values", row.values.join(", "));
        facts.push(setting(Step::Mapping, words.n("facts-segment", number + 1).to_string(), value.to_string()));
    }
    if draft.segment.is_empty() {
        let everybody = words.t("facts-everybody").to_string();
        facts.push(setting(Step::Mapping, words.t("mapping-segment").to_string(), everybody));
    }
    facts
}

/// What publishing a draft would change; nothing before the first publishing.
pub(super) fn changes(manager: &Manager, bench: &Bench, labels: &Labels) -> Result<Vec<Changed>, Failure> {
    let Some(integration) = &bench.integration else { return Ok(Vec::new()) };
    let Some(published) = manager.web.engine.published_of(integration)? else { return Ok(Vec::new()) };
    let (before, after) = (facts(manager, &published, labels), facts(manager, &bench.draft, labels));
    let value = |facts: &[Fact], name: &str| {
        let found = facts.iter().find(|fact| fact.name == name);
        found.map_or_else(|| manager.words.t("facts-none").to_string(), |fact| fact.value.clone())
    };
    let added = after.iter().filter(|fact| !before.iter().any(|one| one.name == fact.name));
    let names: Vec<&str> = before.iter().chain(added).map(|fact| fact.name.as_str()).collect();
    let changed = names.into_iter().map(|name| Changed {
        name: name.to_owned(),
        before: value(&before, name),
        after: value(&after, name),
    });
    Ok(changed.filter(|changed| changed.before != changed.after).collect())
}
