//! How a programme words its mails to members: our words, until somebody puts others in their place.

use mail::{Context, render, render_as, samples::Example};
pub use mail::{Flaw, Kind, LONGEST_SUBJECT, LONGEST_TEXT, Language, Rendered, Wording};
use serde::Serialize;
use store::{Mail, MailTemplate, Programme};

use crate::{
    Actor, Deed, Engine, EngineError, EngineResult, SettingError,
    mails::{local, look},
};

/// Who reads the examples.
const READER: &str = "Aoife";

/// What the route of an example in the outbox begins with; the language follows.
const EXAMPLE: &str = "example-";

/// One kind of mail in one language, as members get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// Which mail.
    pub kind: Kind,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub wording: Wording,
    /// When the programme put its own words in the place of ours, in microseconds of UTC.
    pub changed_at: Option<i64>,
}

/// What the audit log keeps of a wording.
#[derive(Debug, Serialize)]
struct Kept {
    subject: String,
    text: String,
}

impl From<Wording> for Kept {
    fn from(wording: Wording) -> Self {
        Self { subject: wording.subject, text: wording.text }
    }
}

/// What is wrong with a wording: `subject` or `text`, and how.
pub fn flaws(kind: Kind, wording: &Wording) -> Vec<(&'static str, Flaw)> {
    let subject = wording.flaw_of_subject(kind).map(|flaw| ("subject", flaw));
    let text = wording.flaw_of_text(kind).map(|flaw| ("text", flaw));
    subject.into_iter().chain(text).collect()
}

impl Engine {
    /// Every mail to members in every language, in the order in which somebody may get them.
    pub async fn wordings(&self, programme: &Programme) -> EngineResult<Vec<Worded>> {
        let own = self.store.mail_templates(programme.number()).await?;
        let all = Kind::for_members().flat_map(|kind| Language::ALL.map(|language| (kind, language)));
        Ok(all
            .map(|(kind, language)| {
                let is_this = |own: &&MailTemplate| own.kind == kind.name() && own.language == language.tag();
                worded(kind, language, own.iter().find(is_this))
            })
            .collect())
    }

    /// One of them.
    pub async fn wording(&self, programme: &Programme, kind: Kind, language: Language) -> EngineResult<Worded> {
        let own = self.store.mail_template(programme.number(), kind.name(), language.tag()).await?;
        Ok(worded(kind, language, own.as_ref()))
    }

    /// Puts words in the place of ours, or of those that were there. Nothing is changed when they are wrong
    /// ([`EngineError::Settings`], [`flaws`]).
    pub async fn save_wording(
        &self,
        programme: &Programme,
        kind: Kind,
        language: Language,
        wanted: &Wording,
        by: &Actor,
    ) -> EngineResult<()> {
        let wanted = wanted.tidy();
        check(kind, &wanted)?;
        let before = self.wording(programme, kind, language).await?;
        if before.wording == wanted {
            return Ok(());
        }
        if wanted == Wording::ours(kind, language) {
            return self.reset_wording(programme, kind, language, by).await;
        }
        let template = MailTemplate {
            programme_id: programme.id,
            kind: kind.name().to_owned(),
            language: language.tag().to_owned(),
            subject: wanted.subject.clone(),
            body: wanted.text.clone(),
            updated_at: self.now(),
        };
        self.store.save_mail_template(&template).await?;
        self.note_wording(programme, "mail.reworded", &before, Some(wanted), by).await
    }

    /// Goes back to our words.
    pub async fn reset_wording(
        &self,
        programme: &Programme,
        kind: Kind,
        language: Language,
        by: &Actor,
    ) -> EngineResult<()> {
        let before = self.wording(programme, kind, language).await?;
        if !self.store.remove_mail_template(programme.number(), kind.name(), language.tag()).await? {
            return Ok(());
        }
        self.note_wording(programme, "mail.reset", &before, None, by).await
    }

    async fn note_wording(
        &self,
        programme: &Programme,
        action: &str,
        before: &Worded,
        after: Option<Wording>,
        by: &Actor,
    ) -> EngineResult<()> {
        let subject = format!("{} ({})", before.kind, before.language.tag());
        let before = Some(Kept::from(before.wording.clone()));
        self.note(programme.number(), by, Deed { action, subject: &subject, before, after: after.map(Kept::from) })
            .await
    }

    /// What a member would get with these words: a made-up one, with a link to the programme's front door. Words that
    /// are wrong cannot be shown ([`EngineError::Settings`], [`flaws`]).
    pub fn preview_wording(
        &self,
        programme: &Programme,
        kind: Kind,
        language: Language,
        wording: &Wording,
    ) -> EngineResult<Rendered> {
        let wording = wording.tidy();
        check(kind, &wording)?;
        let (now, link) = (local(programme, self.now()), format!("{}/{}", self.public_url(), programme.slug));
        let programme = look(programme);
        let example = Example { programme: &programme, now: &now, first_name: Some(READER), link: &link };
        let drawn = example.to_member(kind, language, Some(&wording)).ok_or_else(|| not_to_members(kind))?;
        Ok(drawn?)
    }

    /// Sends somebody the mail as it is worded now, in this language, made up as in a preview.
    pub async fn send_example(
        &self,
        programme: &Programme,
        kind: Kind,
        language: Language,
        to: &str,
        by: &Actor,
    ) -> EngineResult<()> {
        if !kind.is_for_members() {
            return Err(not_to_members(kind));
        }
        let route = format!("{EXAMPLE}{}", language.tag());
        let mail = Mail { route, ..self.mail_to_administrator(programme.id, kind.name(), None, to) };
        self.store.add_mail(&mail).await?;
        let subject = format!("{kind} ({})", language.tag());
        let deed = Deed::<(), ()> { action: "mail.example-sent", subject: &subject, before: None, after: None };
        self.note(programme.number(), by, deed).await
    }

    /// The language of an example in the outbox; `None` for a mail that is meant.
    pub(crate) fn example_language(mail: &Mail) -> Option<Language> {
        mail.route.strip_prefix(EXAMPLE).and_then(Language::of)
    }

    /// The example that a row of the outbox asks for.
    pub(crate) async fn example(
        &self,
        programme: &Programme,
        kind: Kind,
        language: Language,
    ) -> EngineResult<Rendered> {
        let worded = self.wording(programme, kind, language).await?;
        self.preview_wording(programme, kind, language, &worded.wording)
    }

    /// A mail to a member, in the programme's words where it has its own. `language` is what [`language_for`] says.
    ///
    /// [`language_for`]: crate::mails::language_for
    pub(crate) async fn worded<C: Context>(
        &self,
        programme: &Programme,
        kind: Kind,
        language: Language,
        context: &C,
    ) -> EngineResult<Rendered> {
        let own = self.store.mail_template(programme.number(), kind.name(), language.tag()).await?;
        if let Some(own) = own {
            if let Ok(rendered) = render_as(kind, language, &wording_of(&own), context) {
                return Ok(rendered);
            }
            // Words were checked when they were saved, so this is a mail that has changed since. It goes in ours
            // rather than not at all. What is wrong would quote the words.
            tracing::warn!(%kind, programme = programme.slug, "a programme's own wording could not be used");
        }
        Ok(render(kind, language, context)?)
    }

    /// The welcome e-mail as a joiner of the programme would get it, with a made-up name and a link that leads to the
    /// programme's front door.
    pub async fn welcome_preview(&self, programme: &Programme) -> EngineResult<Rendered> {
        self.example(programme, Kind::Welcome, crate::mails::language(programme)).await
    }
}

fn worded(kind: Kind, language: Language, own: Option<&MailTemplate>) -> Worded {
    let wording = own.map_or_else(|| Wording::ours(kind, language), wording_of);
    Worded { kind, language, wording, changed_at: own.map(|own| own.updated_at) }
}

fn wording_of(own: &MailTemplate) -> Wording {
    Wording { subject: own.subject.clone(), text: own.body.clone() }
}

fn check(kind: Kind, wording: &Wording) -> EngineResult<()> {
    let flaws = flaws(kind, wording);
    if flaws.is_empty() {
        return Ok(());
    }
    let told = |(field, flaw): (&'static str, Flaw)| SettingError { field, code: code(&flaw) };
    Err(EngineError::Settings(flaws.into_iter().map(told).collect()))
}

/// The stable name of what is wrong.
pub fn code(flaw: &Flaw) -> &'static str {
    match flaw {
        Flaw::Empty => "wording-empty",
        Flaw::TooLong(_) => "wording-too-long",
        Flaw::Lines => "wording-lines",
        Flaw::Unknown(_) => "wording-unknown",
        Flaw::Unclosed => "wording-unclosed",
        Flaw::Logic => "wording-logic",
        Flaw::Button => "wording-button",
    }
}

fn not_to_members(kind: Kind) -> EngineError {
    EngineError::NotFound {
        what: format!("The mail “{kind}” does not go to members."),
        remedy: "Choose one of the mails to members.".to_owned(),
    }
}
