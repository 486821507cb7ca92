//! The site's front door, its colour, and the choice of a language.

use axum::{
    Form,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::own;
use crate::{
    access::Guest,
    page::{Page, go_on},
    routes::{Access, Route, get, post},
    words::Language,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/{programme}", Access::Site, front),
        get("/{programme}/look.css", Access::Site, look),
        post("/{programme}/language", Access::Site, speak),
    ]
}

/// The way to the account, or to signing in.
async fn front(guest: Guest) -> Page {
    Ok(go_on(&guest.at(if guest.signed.is_some() { "account" } else { "sign-in" }), ""))
}

/// The programme's colour, as tokens of the style. On a dark ground it is the lighter one that mails have there.
async fn look(guest: Guest) -> Response {
    // Settings are checked when they are saved; a colour is all that may stand here.
    let colour = guest.settings.colour.strip_prefix('#').unwrap_or_default();
    let is_colour = colour.len() == 6 && colour.bytes().all(|byte| byte.is_ascii_hexdigit());
    let colour = if is_colour { colour } else { domain::programme::settings::COLOUR.trim_start_matches('#') };
    let dark = mail::in_the_dark(&format!("#{colour}"));
    let style = format!(
        ":root {{\n  --accent: light-dark(#{colour}, {dark});\n  \
         --accent-wash: light-dark(color-mix(in oklab, #{colour} 10%, white), color-mix(in oklab, #{colour} 30%, #14161a));\n  \
         --on-accent: light-dark(#ffffff, #101216);\n}}\n"
    );
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], style).into_response()
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    language: String,
    #[serde(default)]
    to: String,
}

async fn speak(guest: Guest, Form(choice): Form<Choice>) -> Page {
    let to = match own(&guest, &choice.to) {
        "" => guest.at("sign-in"),
        to => to.to_owned(),
    };
    let Some(language) = Language::parse(&choice.language) else { return Ok(go_on(&to, "")) };
    if let Some(signed) = &guest.signed {
        guest.web.engine.choose_language(signed, language.spoken(), &guest.origin()).await?;
    }
    Ok((guest.keep_language(language.spoken().as_str()), go_on(&to, "")).into_response())
}
