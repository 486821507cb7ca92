//! *My account*: what is held about a member, how they sign in, and where. A leaver sees until when, and what is open.

use askama::Template;
use axum::{Form, extract::Query};
use domain::field::Field;
use engine::{
    administrators::SessionView,
    site::{Datum, Standing},
};
use serde::Deserialize;

use super::{super::account::device, Site, own_email::OwnEmail};
use crate::{
    access::Guest,
    form::{Input, Secret, Summary, Wrongs, again},
    page::{Page, Said, draw, go_on},
    routes::{Access, Route, get, post},
    tell,
    when::Clock,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/{programme}/account", Access::Member, show),
        post("/{programme}/account/password", Access::CurrentMember, change_password),
        post("/{programme}/account/sessions/end", Access::CurrentMember, end_sessions),
    ]
}

#[derive(Template)]
#[template(path = "pages/site/account.html")]
struct Account {
    site: Site,
    email: String,
    data: Vec<Shown>,
    own: OwnEmail,
    second_factor: bool,
    codes_left: u64,
    current: Input,
    password: Input,
    /// Their password, to switch the second factor off.
    proof: Input,
    summary: Summary,
    sessions: Vec<SessionView>,
    clock: Clock,
}

/// A leaver's account.
#[derive(Template)]
#[template(path = "pages/site/leaver.html")]
struct Leaver {
    site: Site,
    text: String,
    data: Vec<Shown>,
    own: OwnEmail,
    summary: Summary,
}

/// One thing that is held about a member, in words.
pub(super) struct Shown {
    pub(super) field: String,
    pub(super) value: String,
    pub(super) origin: String,
}

impl Account {
    fn others(&self) -> usize {
        self.sessions.iter().filter(|session| !session.is_current).count()
    }

    fn device(&self, session: &SessionView) -> String {
        device(self.site.words, &session.agent)
    }
}

/// What is held about whoever asks, and where it comes from.
pub(super) async fn data(guest: &Guest) -> Result<Vec<Shown>, crate::failure::Failure> {
    let words = guest.words;
    let held = guest.web.engine.member_data(guest.member()?).await?;
    let origin = |datum: &Datum| match &datum.origin {
        engine::Origin::Fed { source, attribute } => {
            let source = tell::source(source);
            match tell::telling_attribute(words, attribute) {
                Some(attribute) => words.t("data-from-source").with("source", source).with("attribute", attribute),
                None => words.t("data-from").with("source", source),
            }
            .to_string()
        }
        engine::Origin::ByHand | engine::Origin::Kept => words.t("data-by-hand").to_string(),
        engine::Origin::Own => words.t("data-own").to_string(),
    };
    let value = |datum: &Datum| match datum.field.as_str() {
        "own_language" => words.of("language-", &datum.value).to_string(),
        name => match name.parse::<Field>() {
            Ok(field) => tell::value(words, &guest.clock, &field, &datum.value),
            Err(_) => datum.value.clone(),
        },
    };
    let shown = |datum: &Datum| Shown {
        field: tell::Labels::default().place(words, &datum.field),
        value: value(datum),
        origin: origin(datum),
    };
    Ok(held.iter().map(shown).collect())
}

async fn page(guest: &Guest, said: Option<&str>, entered: &str, wrongs: &Wrongs) -> Page {
    let words = guest.words;
    let signed = guest.member()?;
    let title = match signed.standing {
        Standing::Member => words.t("my-account-title").to_string(),
        Standing::Checked => words.t("checked-title").to_string(),
        Standing::Leaver { ends_on } => words.t("leaver-title").with("day", guest.clock.date(ends_on)).to_string(),
    };
    let site = Site::new(guest, title).saying(said);
    let data = data(guest).await?;
    let own = OwnEmail::new(guest, entered, wrongs)?;
    let summary = wrongs.summary(words);
    if !signed.is_current() {
        let key = if signed.standing == Standing::Checked { "checked-text" } else { "leaver-text" };
        let page = Leaver { site, text: words.t(key).to_string(), data, own, summary };
        return if wrongs.is_empty() { draw(&page) } else { again(&page) };
    }
    let engine = &guest.web.engine;
    let page = Account {
        site,
        email: signed.email().to_owned(),
        data,
        own,
        second_factor: signed.second_factor,
        codes_left: engine.member_recovery_codes_left(signed).await?,
        current: Input::password("current", words.t("entry-current-password"), "current-password").told(wrongs),
        password: Input::new_password(words).strength(words).told(wrongs),
        proof: Input::password("proof", words.t("entry-current-password"), "current-password").told(wrongs),
        summary,
        sessions: engine.member_sessions(signed).await?,
        clock: guest.clock.clone(),
    };
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

/// The account once more, with what was wrong, and the personal address as it was entered.
pub(super) async fn wrong(guest: &Guest, entered: &str, wrongs: &Wrongs) -> Page {
    page(guest, None, entered, wrongs).await
}

async fn show(guest: Guest, Query(query): Query<Said>) -> Page {
    page(&guest, query.said.as_deref(), "", &Wrongs::default()).await
}

#[derive(Deserialize)]
struct Passwords {
    #[serde(default)]
    current: Secret,
    #[serde(default)]
    password: Secret,
}

async fn change_password(guest: Guest, Form(entries): Form<Passwords>) -> Page {
    let (current, new) = (entries.current.expose(), entries.password.expose());
    match guest.web.engine.change_member_password(guest.member()?, current, new, &guest.origin()).await {
        Ok(()) => Ok(go_on(&guest.at("account"), "password-changed")),
        Err(error) => wrong(&guest, "", &Wrongs::told(guest.words, error)?).await,
    }
}

async fn end_sessions(guest: Guest) -> Page {
    guest.web.engine.end_other_member_sessions(guest.member()?).await?;
    Ok(go_on(&guest.at("account"), "sessions-ended"))
}
