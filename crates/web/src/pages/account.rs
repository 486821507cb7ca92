//! What administrators set for themselves: name, language, password, second factor, sessions.

mod second_factor;

use askama::Template;
use axum::{Form, extract::Query, extract::State};
use engine::administrators::SessionView;
use serde::Deserialize;

use crate::{
    Web,
    access::Visitor,
    failure::Failure,
    form::{Choice, Input, Secret, Summary, Wrongs, again},
    page::{Lone, Page, Said, draw, go_on},
    routes::{Access, Route, get, post},
    when::Clock,
    words::Words,
};

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/account", Access::SignedIn, show),
        post("/account/profile", Access::SignedIn, change_profile),
        post("/account/password", Access::SignedIn, change_password),
        post("/account/sessions/end", Access::SignedIn, end_sessions),
    ];
    routes.extend(second_factor::routes());
    routes
}

#[derive(Template)]
#[template(path = "pages/account.html")]
struct Account {
    lone: Lone,
    said: Option<String>,
    email: String,
    /// Where they came from: an address and what it is called.
    back: (String, String),
    summary: Summary,
    name: Input,
    language: Choice,
    current: Input,
    password: Input,
    second_factor: bool,
    codes_left: u64,
    /// Their password, to switch the second factor off.
    proof: Input,
    sessions: Vec<SessionView>,
    clock: Clock,
}

impl Account {
    fn others(&self) -> usize {
        self.sessions.iter().filter(|session| !session.is_current).count()
    }

    /// `Firefox on Windows`, as far as the browser says.
    fn device(&self, session: &SessionView) -> String {
        device(self.lone.words, &session.agent)
    }
}

/// What was entered and is shown again.
#[derive(Default)]
struct Entered<'a> {
    name: Option<&'a str>,
    language: Option<&'a str>,
}

async fn page(
    web: &Web,
    visitor: &Visitor,
    said: Option<&str>,
    entered: Entered<'_>,
    wrongs: &Wrongs,
) -> Result<Account, Failure> {
    let words = visitor.words;
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    let own = &signed.administrator;
    let key = said.map(|said| format!("said-{said}")).filter(|key| words.has(key));
    let (back, zone) = match signed.places.as_slice() {
        [place] => (
            (format!("/manage/{}", place.programme.slug), place.programme.name.clone()),
            place.programme.time_zone.as_str(),
        ),
        places => (
            ("/programmes".to_owned(), words.t("programmes-title").to_string()),
            places.first().map_or("UTC", |place| place.programme.time_zone.as_str()),
        ),
    };
    let name = Input::new("name", words.t("entry-your-name")).autocomplete("name").required();
    let language = Choice::language("language", words.t("entry-language"), words);
    Ok(Account {
        lone: Lone { broad: true, ..Lone::new(visitor, words.t("account-title")) },
        said: key.map(|key| words.t(key).to_string()),
        email: own.email.clone(),
        back,
        summary: wrongs.summary(words),
        name: name.value(entered.name.unwrap_or(&own.name)).told(wrongs),
        language: language.value(entered.language.unwrap_or(own.language.as_str())).told(wrongs),
        current: Input::password("current", words.t("entry-current-password"), "current-password").told(wrongs),
        password: Input::new_password(words).told(wrongs),
        second_factor: own.second_factor,
        codes_left: web.engine.recovery_codes_left(signed).await?,
        proof: Input::password("proof", words.t("entry-current-password"), "current-password").told(wrongs),
        sessions: web.engine.sessions_of(signed).await?,
        clock: Clock::new(words, zone, web.engine.now()),
    })
}

async fn show(State(web): State<Web>, visitor: Visitor, Query(query): Query<Said>) -> Page {
    draw(&page(&web, &visitor, query.said.as_deref(), Entered::default(), &Wrongs::default()).await?)
}

#[derive(Deserialize)]
struct Profile {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
}

async fn change_profile(State(web): State<Web>, visitor: Visitor, Form(entries): Form<Profile>) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    let language = entries.language.parse().unwrap_or(signed.administrator.language);
    match web.engine.update_profile(signed, &entries.name, language).await {
        Ok(()) => Ok(go_on("/account", "profile-saved")),
        Err(error) => {
            let entered = Entered { name: Some(&entries.name), language: Some(&entries.language) };
            let wrongs = Wrongs::told(visitor.words, error)?;
            again(&page(&web, &visitor, None, entered, &wrongs).await?)
        }
    }
}

#[derive(Deserialize)]
struct Passwords {
    #[serde(default)]
    current: Secret,
    #[serde(default)]
    password: Secret,
}

async fn change_password(State(web): State<Web>, visitor: Visitor, Form(entries): Form<Passwords>) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    let (current, new) = (entries.current.expose(), entries.password.expose());
    match web.engine.change_password(signed, current, new, &visitor.origin()).await {
        Ok(()) => Ok(go_on("/account", "password-changed")),
        Err(error) => {
            let wrongs = Wrongs::told(visitor.words, error)?;
            again(&page(&web, &visitor, None, Entered::default(), &wrongs).await?)
        }
    }
}

async fn end_sessions(State(web): State<Web>, visitor: Visitor) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    web.engine.end_other_sessions(signed).await?;
    Ok(go_on("/account", "sessions-ended"))
}

/// The browser and the system that a browser says that it is.
pub(super) fn device(words: Words, agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find =
        |marks: &[(&str, &'static str)]| marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => {
            words.t("session-device").with("browser", browser).with("system", system).to_string()
        }
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => words.t("session-unknown").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn a_browser_is_told_by_what_it_says() {
        let words = Words::new(Language::English);
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(device(words, edge), "Edge on Windows");
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1";
        assert_eq!(device(words, safari), "Safari on iPhone");
        assert_eq!(device(words, "curl/8"), "Unknown device");
    }
}
