//! From a kind and a context to subject, text and HTML.

use std::{collections::BTreeMap, fmt};

use minijinja::value::{Serde, Value, merge_maps};

use crate::{
    Context, Kind, Language, MailError, Wording,
    colour::Colour,
    draw::{self, Button, draw},
    failures,
    templates::{self, FRAME, MARKDOWN, escaped},
    wording::Ours,
};

/// Where a first name would stand that is not known.
const NOBODY: char = '\u{e001}';

/// What makes a mail dark where the reader's screen is.
const IN_THE_DARK: &str = "@media (prefers-color-scheme: dark)";

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

impl Rendered {
    /// The HTML as it looks on a light or a dark screen, whatever the reader's is.
    pub fn html_on(&self, dark: bool) -> String {
        self.html.replace(IN_THE_DARK, if dark { "@media all" } else { "@media not all" })
    }
}

/// Renders a mail as we word it. The context is the type that [`Kind`] names.
///
/// A field that a template names and the context lacks is an error, never a gap.
pub fn render<C: Context>(kind: Kind, language: Language, context: &C) -> Result<Rendered, MailError> {
    let ours = Ours::of(kind, language);
    put_together(kind, language, ours.subject, ours.text, context)
}

/// The same, as a programme words it.
pub fn render_as<C: Context>(
    kind: Kind,
    language: Language,
    wording: &Wording,
    context: &C,
) -> Result<Rendered, MailError> {
    put_together(kind, language, &wording.subject, &wording.text, context)
}

fn put_together<C: Context>(
    kind: Kind,
    language: Language,
    subject: &str,
    text: &str,
    context: &C,
) -> Result<Rendered, MailError> {
    let environment = templates::environment(language)?;
    let values = merge_maps([Value::from(Serde(context)), Value::from(values(kind, language, context))]);
    let fill = |part: &str, source: &str| {
        let filled = environment.render_named_str(&format!("{kind}{part}"), source, values.clone());
        filled.map(|text| without_nobody(text.trim())).map_err(|source| MailError::Render { kind, source })
    };
    let ours = Ours::of(kind, language);
    let colour = Colour::parse(&context.programme().colour);
    let label = fill(".button", ours.button)?;
    let button = context.link().map(|link| Button { label: &label, link, otherwise: words(language).otherwise });
    let body = draw(&fill(MARKDOWN, text)?, button, &colour.css());
    let mut footer = fill(MARKDOWN, ours.why)?;
    if kind.is_for_members() {
        footer.push_str(&whom_to_ask(language, context));
    }
    let footer = draw(&footer, None, &colour.css());
    let subject = fill(".subject", subject)?;
    let title = if body.title.is_empty() { &subject } else { &body.title };
    let frame = BTreeMap::from([
        ("tag", Value::from(language.tag())),
        ("title", Value::from(title.as_str())),
        ("programme", Value::from(context.programme().name.as_str())),
        ("colour", Value::from(colour.css())),
        ("dark", Value::from(colour.in_the_dark().css())),
        ("body", Value::from_safe_string(body.html)),
        ("footer", Value::from_safe_string(footer.html)),
    ]);
    let html = environment.get_template(FRAME).and_then(|template| template.render(Value::from(frame)));
    let html = html.map_err(|source| MailError::Render { kind, source })?;
    Ok(Rendered { subject, text: format!("{}\n\n-- \n{}\n", body.text, footer.text), html })
}

/// What wordings name besides the fields of the context, or in a form of its own.
fn values<C: Context>(kind: Kind, language: Language, context: &C) -> BTreeMap<&'static str, Value> {
    let programme = context.programme();
    let contact = match programme.help_contact.trim() {
        "" => words(language).hr,
        contact => contact,
    };
    let mut values = BTreeMap::from([
        ("programme", Value::from(programme.name.as_str())),
        ("contact", Value::from(contact)),
        ("button", Value::from_safe_string(draw::BUTTON.to_string())),
    ]);
    if kind.is_for_members() {
        let name = context.first_name().map(str::trim).filter(|name| !name.is_empty());
        let name = name.map_or_else(|| Value::from_safe_string(NOBODY.to_string()), Value::from);
        values.insert("first_name", name);
    }
    if let Some((code, source, said)) = context.failure() {
        values.insert("failure", Value::from(failures::told(language, code, source, said)));
    }
    if let Some(days) = context.days_left() {
        values.insert("days_left", Value::from(language.days(days)));
    }
    values
}

/// A first name that is not known leaves no gap: the space or comma before it goes too.
fn without_nobody(text: &str) -> String {
    let mut text = text.to_owned();
    for before in [", ", " ", ""] {
        text = text.replace(&format!("{before}{NOBODY}"), "");
    }
    text
}

/// The last lines of a mail to a member.
fn whom_to_ask<C: Context>(language: Language, context: &C) -> String {
    let (programme, words) = (context.programme(), words(language));
    let mut lines = String::new();
    if !programme.help_contact.is_empty() {
        lines = format!("\n\n{} {}", words.questions, escaped(&templates::one_line(&programme.help_contact)));
    }
    let pages = [(words.privacy, &programme.privacy_notice), (words.imprint, &programme.imprint)];
    let pages = pages.into_iter().filter(|(_, page)| !page.is_empty());
    let pages: Vec<_> =
        pages.map(|(name, page)| format!("[{name}](<{}>)", escaped(&templates::one_line(page)))).collect();
    if !pages.is_empty() {
        lines.push_str("\n\n");
        lines.push_str(&pages.join(" · "));
    }
    lines
}

/// What the frame says.
struct Words {
    otherwise: &'static str,
    hr: &'static str,
    questions: &'static str,
    privacy: &'static str,
    imprint: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::English => Words {
            otherwise: "If the button does not work, copy this address into your browser:",
            hr: "your HR department",
            questions: "Questions?",
            privacy: "Privacy notice",
            imprint: "Imprint",
        },
        Language::German => Words {
            otherwise: "Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:",
            hr: "Ihre Personalabteilung",
            questions: "Fragen?",
            privacy: "Datenschutzhinweise",
            imprint: "Impressum",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        context::{Invitation, Programme},
        samples,
    };

    fn welcome(programme: &str) -> Invitation {
        Invitation {
            programme: Programme::new(programme, "#14553f"),
            first_name: None,
            until: "26 May 2026".to_owned(),
            link: "https://club.example/invitation/abc?x=1&y=2".to_owned(),
        }
    }

    fn english(context: &Invitation) -> Rendered {
        render(Kind::Welcome, Language::English, context).unwrap()
    }

    #[test]
    fn every_sample_renders_in_both_forms() {
        for sample in samples::all().unwrap() {
            let (name, Rendered { subject, text, html }) = (sample.name, sample.mail);
            assert!(!subject.is_empty() && !subject.contains('\n'), "{name}: {subject:?}");
            assert!(html.starts_with("<!doctype html>") && html.ends_with("</html>"), "{name}: {html}");
            for body in [&subject, &text, &html] {
                assert!(
                    !body.contains("{{") && !body.contains("{%") && !body.contains(['\u{e000}', '\u{e001}']),
                    "{name}"
                );
                assert!(!body.contains("\n\n\n") && !body.contains("**") && !body.contains('\\'), "{name}: {body}");
            }
            assert!(!text.contains("<p") && text.contains("Harbour & Sons"), "{name}: {text}");
            assert!(html.contains("Harbour &amp; Sons") && !html.contains("Harbour & Sons"), "{name}: {html}");
        }
    }

    #[test]
    fn every_kind_has_a_sample_in_both_languages() {
        let samples = samples::all().unwrap();
        for kind in Kind::ALL {
            for language in Language::ALL {
                assert!(samples.iter().any(|sample| sample.kind == kind && sample.language == language), "{kind}");
            }
        }
    }

    #[test]
    fn a_missing_variable_is_an_error() {
        let welcome_has_all = |kind: &Kind| {
            !kind.variables().is_empty() && kind.variables().iter().all(|name| Kind::Welcome.variables().contains(name))
        };
        for kind in Kind::ALL.into_iter().filter(|kind| !welcome_has_all(kind)) {
            let rendered = render(kind, Language::German, &welcome("Club"));
            let lacks = matches!(rendered, Err(MailError::Render { .. }));
            assert!(lacks || kind == Kind::AdministratorReset, "{kind}");
        }
    }

    #[test]
    fn a_hostile_name_stays_text() {
        let hostile = "<script>alert('x')</script>\" onload=\"x";
        let mail = english(&welcome(hostile));
        assert!(!mail.html.contains("<script>") && !mail.html.contains("\" onload"));
        assert!(mail.html.contains("&lt;script&gt;"));
        assert!(mail.text.contains(hostile), "plain text is not HTML: {}", mail.text);
        let first_name = Some("[Click](https://evil.example) **me**\n\n# Now".to_owned());
        let mail = english(&Invitation { first_name, ..welcome("Club") });
        assert!(!mail.html.contains("href=\"https://evil") && mail.html.matches("<h1").count() == 1, "{}", mail.html);
        assert!(mail.text.starts_with("Welcome, [Click](https://evil.example) **me**  # Now\n"), "{}", mail.text);
    }

    #[test]
    fn a_template_in_a_name_is_not_run() {
        let mail = english(&welcome("{{ link }}"));
        assert_eq!(mail.subject, "Your account with {{ link }} is ready");
    }

    #[test]
    fn a_name_that_is_not_known_leaves_no_gap() {
        let mut context = welcome("Club");
        assert!(english(&context).text.starts_with("Welcome\n"));
        context.first_name = Some(" ".to_owned());
        assert!(english(&context).text.starts_with("Welcome\n"));
        let reset = render(Kind::MemberReset, Language::English, &context).unwrap();
        assert!(reset.text.contains("\nHello,\n"), "{}", reset.text);
        context.first_name = Some("Aoife".to_owned());
        assert!(english(&context).text.starts_with("Welcome, Aoife\n"));
    }

    #[test]
    fn a_programmes_own_wording_keeps_our_frame() {
        let wording = Wording {
            subject: "Hi {{ first_name }}: {{ programme }}".to_owned(),
            text: "Come **in**, {{ first_name }}!\n\n{{ button }}".to_owned(),
        };
        let mail = render_as(Kind::Welcome, Language::English, &wording, &welcome("Club")).unwrap();
        assert_eq!(mail.subject, "Hi: Club");
        assert!(mail.text.starts_with("Come in!\n\nChoose your password:\nhttps://club.example/"), "{}", mail.text);
        assert!(mail.text.contains("You receive this e-mail because"), "{}", mail.text);
        assert!(mail.html.contains("<title>Hi: Club</title>") && mail.html.contains("Choose your password</a>"));
    }

    #[test]
    fn the_screen_can_be_chosen_for_a_preview() {
        let mail = english(&welcome("Club"));
        assert!(mail.html.contains(IN_THE_DARK));
        assert!(mail.html_on(true).contains("@media all {") && mail.html_on(false).contains("@media not all {"));
    }

    #[test]
    fn a_secret_link_does_not_reach_a_log() {
        let context = welcome("Club");
        let printed = format!("{context:?} {:?}", english(&context));
        assert!(!printed.contains("invitation"), "{printed}");
    }
}
