//! What is wrong with a form: beside each entry, and all of it on top.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use askama::{Template, filters::HtmlSafe};
use engine::EngineError;

use crate::{failure::Failure, tell, words::Words};

/// What is wrong with what was entered, in the order of the fields.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wrongs(Vec<Arc<Wrong>>);

/// One thing that is wrong.
#[derive(Debug)]
struct Wrong {
    field: String,
    text: String,
    /// What the field is called on the page; nothing where it has no entry there.
    label: OnceLock<String>,
}

impl Wrong {
    fn new(field: impl Into<String>, text: impl fmt::Display) -> Arc<Self> {
        Arc::new(Self { field: field.into(), text: text.to_string(), label: OnceLock::new() })
    }
}

impl Wrongs {
    /// What is wrong with the entries, in words; an error that is about no entry is a failure.
    pub(crate) fn told(words: Words, error: EngineError) -> Result<Self, Failure> {
        let flaw = |field: &str, code: &str| Wrong::new(field, words.of("flaw-", code));
        let told = match &error {
            EngineError::Entries(errors) => errors.iter().map(|error| flaw(error.field, error.flaw.code())).collect(),
            EngineError::Settings(errors) => errors.iter().map(|error| flaw(error.field, error.code)).collect(),
            EngineError::Person(problems) => problems
                .iter()
                .map(|problem| {
                    Wrong::new(problem.field.clone().unwrap_or_default(), tell::problem(words, problem.code).0)
                })
                .collect(),
            _ => return Err(error.into()),
        };
        Ok(Self(told))
    }

    /// One sentence about one field.
    pub(crate) fn one(field: impl Into<String>, text: impl fmt::Display) -> Self {
        Self(vec![Wrong::new(field, text)])
    }

    /// Another one.
    pub(crate) fn add(&mut self, field: impl Into<String>, text: impl fmt::Display) {
        self.0.push(Wrong::new(field, text));
    }

    pub(crate) fn at(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|wrong| wrong.field == field).map(|wrong| wrong.text.as_str())
    }

    /// The page has an entry of this name, and calls it so: the summary leads there.
    pub(crate) fn call(&self, field: &str, label: impl fmt::Display) {
        for wrong in self.0.iter().filter(|wrong| wrong.field == field) {
            let label = label.to_string();
            let label = label.trim_end_matches(':');
            if !label.is_empty() {
                wrong.label.get_or_init(|| label.to_owned());
            }
        }
    }

    /// What is wrong with an entry that is called so, to stand beside it.
    pub(crate) fn beside(&self, field: &str, label: impl fmt::Display) -> Option<String> {
        self.call(field, label);
        self.at(field).map(str::to_owned)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands at the top of the form: each error leads to its field.
    pub(crate) fn summary(&self, words: Words) -> Summary {
        Summary { words, wrongs: self.0.clone() }
    }
}

/// The errors of a form, on top of it. Labels that are given until it is drawn are in it.
#[derive(Template)]
#[template(path = "form/summary.html")]
pub(crate) struct Summary {
    words: Words,
    wrongs: Vec<Arc<Wrong>>,
}

impl HtmlSafe for Summary {}

#[cfg(test)]
mod tests {
    use super::{super::Input, *};
    use crate::words::Language;

    #[test]
    fn the_summary_names_each_field_by_its_label_and_leads_to_it() {
        let mut wrongs = Wrongs::one("name", "Enter a name.");
        wrongs.add("kinds", "Choose one.");
        // The page is put together after its summary.
        let summary = wrongs.summary(Words::new(Language::English));
        drop(Input::new("name", "Your <name>:").told(&wrongs));
        assert_eq!(wrongs.beside("kinds", "Kinds").as_deref(), Some("Choose one."));
        let html = summary.to_string();
        assert!(html.contains(r##"<a href="#name">Your &#60;name&#62;: Enter a name.</a>"##), "{html}");
        assert!(html.contains(r##"<a href="#kinds">Kinds: Choose one.</a>"##), "{html}");
        assert!(html.contains(r#"role="alert""#) && html.contains("2 things have to be put right"), "{html}");
    }

    #[test]
    fn what_has_no_entry_on_the_page_leads_nowhere() {
        let wrongs = Wrongs::one("elsewhere", "This cannot be.");
        wrongs.call("elsewhere", "");
        let html = wrongs.summary(Words::new(Language::English)).to_string();
        assert!(html.contains("<li>This cannot be.</li>"), "{html}");
    }
}
