//! What belongs to an HR system, by the names that the HR system itself gives it.

use std::collections::BTreeMap;

use domain::{field::Field, plan::Reason, record::Attribute};
use engine::EngineResult;

use super::{attribute, field};
use crate::{access::Manager, words::Words};

/// What a member has beside the fields that can be mapped: who they are, and what they chose themselves.
const OWN: [&str; 4] = ["employee_id", "own_email", "asked_email", "own_language"];

/// The labels of a programme's attributes, by key. One that no import has read yet goes by [`attribute`].
#[derive(Debug, Default)]
pub(crate) struct Labels(BTreeMap<String, String>);

impl Labels {
    /// Those of the manager's programme.
    pub(crate) async fn of(manager: &Manager) -> EngineResult<Self> {
        Ok(Self(manager.web.engine.store().labels(manager.programme.number()).await?))
    }

    /// The name of an attribute: `dynamic_1830001` → `Cost centre`.
    pub(crate) fn attribute(&self, words: Words, key: &str) -> String {
        let told = self.0.get(key).filter(|label| !label.trim().is_empty());
        told.cloned().unwrap_or_else(|| attribute(words, key))
    }

    /// With what the HR system calls them at the moment.
    pub(crate) fn and(mut self, shared: &[Attribute]) -> Self {
        let named = shared.iter().filter(|one| !one.label.trim().is_empty());
        self.0.extend(named.map(|one| (one.key.clone(), one.label.clone())));
        self
    }

    /// The name of a field; what an HR system said of an attribute names that system.
    pub(crate) fn field(&self, words: Words, of: &Field, source: &str) -> String {
        match of {
            Field::Seen(key) => {
                let phrase = words.t("field-seen").with("attribute", self.attribute(words, key));
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
            _ => self.attribute(words, name.strip_prefix("seen.").unwrap_or(name)),
        }
    }

    /// Why somebody leaves.
    pub(crate) fn reason(&self, words: Words, reason: &Reason) -> String {
        match reason {
            Reason::OutsideSegment(key) => {
                words.t("reason-outside-segment").with("attribute", self.attribute(words, key)).to_string()
            }
            other => words.of("reason-", other).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::record::AttributeType;

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
        assert_eq!(outside("office"), "Außerhalb des Segments: Standort", "not read yet");
        let nameless = Labels(BTreeMap::from([("t_shirt_size".into(), " ".into())]));
        assert_eq!(nameless.attribute(words, "t_shirt_size"), "T shirt size");
        let attribute = |label: &str| Attribute { key: "a".into(), label: label.into(), kind: AttributeType::Text };
        let told = nameless.and(&[attribute("Größe")]).and(&[attribute("")]);
        assert_eq!(told.attribute(words, "a"), "Größe", "what is told now, unless that is nothing");
    }
}
