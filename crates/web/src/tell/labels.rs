//! What belongs to an HR system, by the names that the HR system itself gives it.

use std::collections::BTreeMap;

use domain::{field::Field, plan::Reason};
use engine::EngineResult;

use super::field;
use crate::{access::Manager, words::Words};

/// What a member has beside the fields that can be mapped: who they are, and what they chose themselves.
const OWN: [&str; 4] = ["employee_id", "own_email", "asked_email", "own_language"];

/// The labels of a programme's attributes, by key. One that no import has read yet is called by its key.
#[derive(Debug, Default)]
pub(crate) struct Labels(BTreeMap<String, String>);

impl Labels {
    /// Those of the manager's programme.
    pub(crate) async fn of(manager: &Manager) -> EngineResult<Self> {
        Ok(Self(manager.web.engine.store().labels(manager.programme.number()).await?))
    }

    /// The name of an attribute: `dynamic_1830001` → `Cost centre`.
    pub(crate) fn attribute(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_else(|| Field::seen(key).label())
    }

    /// The name of a field; what an HR system said of an attribute names that system.
    pub(crate) fn field(&self, words: Words, of: &Field, source: &str) -> String {
        match of {
            Field::Seen(key) => {
                let phrase = words.t("field-seen").with("attribute", self.attribute(key));
                phrase.with("source", source).to_string()
            }
            own => field(words, own),
        }
    }

    /// The name of what a problem is about, which is a field's name or an attribute's key.
    pub(crate) fn place(&self, words: Words, name: &str) -> String {
        let key = format!("field-{name}");
        match name.parse::<Field>() {
            Ok(Field::Custom(own)) => Field::Custom(own).label(),
            Ok(standard) if standard.is_shown() => words.t(key).to_string(),
            _ if OWN.contains(&name) => words.t(key).to_string(),
            _ => self.attribute(name.strip_prefix("seen.").unwrap_or(name)),
        }
    }

    /// Why somebody leaves.
    pub(crate) fn reason(&self, words: Words, reason: &Reason) -> String {
        match reason {
            Reason::OutsideSegment(key) => {
                words.t("reason-outside-segment").with("attribute", self.attribute(key)).to_string()
            }
            other => words.of("reason-", other).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn attributes_are_called_what_the_source_calls_them() {
        let words = Words::new(Language::German);
        let labels = Labels(BTreeMap::from([("dynamic_1830001".into(), "Kostenstelle".into())]));
        let kind = Field::seen("employment_type");
        assert_eq!(labels.field(words, &kind, "Personio"), "Employment type in Personio", "not read yet");
        assert_eq!(labels.field(words, &Field::seen("dynamic_1830001"), "Personio"), "Kostenstelle in Personio");
        assert_eq!(labels.field(words, &Field::FirstName, "Personio"), "Vorname");
        assert_eq!(labels.place(words, "email"), "E-Mail-Adresse");
        assert_eq!(labels.place(words, "employee_id"), "Personalnummer");
        assert_eq!(labels.place(words, "dynamic_1830001"), "Kostenstelle");
        assert_eq!(labels.place(words, "custom.cost_centre"), "Cost centre");
        let outside = |key: &str| labels.reason(words, &Reason::OutsideSegment(key.into()));
        assert_eq!(outside("dynamic_1830001"), "Außerhalb des Segments: Kostenstelle");
        assert_eq!(outside("office"), "Außerhalb des Segments: Office");
    }
}
