//! From a kind and a context to subject, text and HTML.

use std::fmt;

use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::{Kind, MailError, templates};

/// A mail ready to be put into a message. Its bodies may hold a secret link and are not printed for debugging.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// For readers without HTML; says the same.
    pub text: String,
    /// A whole document, without images and without anything fetched.
    pub html: String,
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rendered").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// Renders a mail. The context is the type of the same name in [`context`](crate::context), or anything that serialises to
/// the same fields.
///
/// A field that a template names and the context lacks is an error, never a gap.
pub fn render(kind: Kind, context: &impl Serialize) -> Result<Rendered, MailError> {
    let environment = templates::environment()?;
    let context = Value::from(Serde(context));
    let part = |part: &str| {
        environment
            .get_template(&format!("{kind}.{part}.j2"))
            .and_then(|template| template.render(context.clone()))
            .map_err(|source| MailError::Render { kind, source })
    };
    Ok(Rendered { subject: part("subject")?.trim().to_owned(), text: part("txt")?, html: part("html")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        context::{Programme, Welcome},
        samples,
    };

    fn welcome(programme: &str) -> Welcome {
        Welcome {
            programme: Programme::new(programme, "#14553f"),
            first_name: None,
            link: "https://club.example/invitation/abc?x=1&y=2".to_owned(),
        }
    }

    #[test]
    fn every_sample_renders_in_both_forms() {
        for sample in samples::all().unwrap() {
            let (name, Rendered { subject, text, html }) = (sample.name, sample.mail);
            assert!(!subject.is_empty() && !subject.contains('\n'), "{name}: {subject:?}");
            assert!(html.starts_with("<!doctype html>") && html.ends_with("</html>"), "{name}: {html}");
            assert!(!text.contains("<p") && !text.contains("{{") && !html.contains("{{"), "{name}");
            for body in [&text, &html] {
                assert!(body.contains("Harbour &amp; Sons") == (body == &html), "{name}: {body}");
                assert!(!body.contains("\n\n\n\n"), "{name} has a gap: {body}");
            }
        }
    }

    #[test]
    fn every_kind_has_a_sample() {
        let samples = samples::all().unwrap();
        assert!(Kind::ALL.iter().all(|kind| samples.iter().any(|sample| sample.kind == *kind)));
    }

    #[test]
    fn a_missing_variable_is_an_error() {
        for kind in Kind::ALL {
            let error = render(kind, &Programme::new("Club", "#14553f")).unwrap_err();
            assert!(matches!(error, MailError::Render { .. }), "{kind}: {error}");
        }
    }

    #[test]
    fn a_hostile_name_stays_text() {
        let hostile = "<script>alert('x')</script>\" onload=\"x";
        let mail = render(Kind::Welcome, &welcome(hostile)).unwrap();
        assert!(!mail.html.contains("<script>") && !mail.html.contains("\" onload"));
        assert!(mail.html.contains("&lt;script&gt;"));
        assert!(mail.text.contains(hostile), "plain text is not HTML: {}", mail.text);
    }

    #[test]
    fn a_template_in_a_name_is_not_run() {
        let mail = render(Kind::Welcome, &welcome("{{ link }}")).unwrap();
        assert_eq!(mail.subject, "Your account with {{ link }} is ready");
    }

    #[test]
    fn the_welcome_greets_only_by_a_name_it_knows() {
        let mut context = welcome("Club");
        assert!(render(Kind::Welcome, &context).unwrap().text.starts_with("Welcome\n"));
        context.first_name = Some("Aoife".to_owned());
        assert!(render(Kind::Welcome, &context).unwrap().text.starts_with("Welcome, Aoife\n"));
    }

    #[test]
    fn a_secret_link_does_not_reach_a_log() {
        let context = welcome("Club");
        let printed = format!("{context:?} {:?}", render(Kind::Welcome, &context).unwrap());
        assert!(!printed.contains("invitation"), "{printed}");
    }
}
