//! What was done to one member, in words: by imports, and by people.

use domain::plan::Kind;
use engine::Event;
use store::{Import, Integration, plan::PlanRow};

use crate::{
    access::Manager,
    pages::imports::{Line, changed},
    tell::{self, Labels},
};

/// One thing that was done.
pub(super) struct Entry {
    pub(super) when: String,
    pub(super) machine: String,
    pub(super) what: String,
    pub(super) tone: &'static str,
    pub(super) who: String,
    /// Where the import is looked at.
    pub(super) at: Option<String>,
    pub(super) lines: Vec<Line>,
}

pub(super) fn entry(manager: &Manager, labels: &Labels, integrations: &[Integration], event: &Event) -> Entry {
    match event {
        Event::Applied(applied) => by_import(manager, labels, integrations, &applied.0, &applied.1),
        Event::Deed(deed) => {
            let words = manager.words;
            let (changes, _) = tell::changes(words, &manager.clock, deed.before.as_deref(), deed.after.as_deref());
            let line = |change: tell::Change| Line { label: change.what, before: change.before, after: change.after };
            Entry {
                when: manager.clock.short(deed.at),
                machine: crate::when::Clock::machine(deed.at),
                what: tell::called(words, &deed.action),
                tone: "",
                who: deed.actor.clone(),
                at: None,
                lines: changes.into_iter().map(line).collect(),
            }
        }
    }
}

fn by_import(
    manager: &Manager,
    labels: &Labels,
    integrations: &[Integration],
    import: &Import,
    row: &PlanRow,
) -> Entry {
    let words = manager.words;
    let source = integrations.iter().find(|one| one.id == import.integration_id);
    let source = source.map(|one| tell::source(&one.source)).unwrap_or_default();
    let at = import.finished_at.unwrap_or(import.created_at);
    let change = &row.change;
    let reason = change.reason.as_ref().map(|reason| format!(": {}", labels.reason(words, reason)));
    Entry {
        when: manager.clock.short(at),
        machine: crate::when::Clock::machine(at),
        what: format!("{}{}", words.of("kind-", change.kind), reason.unwrap_or_default()),
        tone: match change.kind {
            Kind::Join | Kind::Rejoin => "join",
            Kind::Leave => "leave",
            _ => "update",
        },
        who: words.t("story-import").with("source", &source).to_string(),
        at: Some(manager.at(format_args!("imports/{}", import.number()))),
        lines: changed(manager, labels, row, &source),
    }
}
