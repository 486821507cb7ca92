//! Switching the second factor on, with its recovery codes, and off.

use std::fmt::Write as _;

use askama::{Template, filters::HtmlSafe};
use axum::{Form, extract::State};
use qrcode::{Color, QrCode};
use serde::Deserialize;

use super::Entered;
use crate::{
    Web,
    access::Visitor,
    failure::Failure,
    form::{Input, Secret, Wrongs, again},
    page::{Lone, Page, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/account/second-factor";

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/account/second-factor/begin", Access::SignedIn, begin),
        get(PATH, Access::SignedIn, show),
        post(PATH, Access::SignedIn, confirm),
        post("/account/second-factor/off", Access::SignedIn, stop),
    ]
}

/// A picture for the camera, drawn as one path. It stays dark on light: some cameras need that.
struct Qr {
    side: usize,
    path: String,
}

impl Qr {
    fn of(text: &str) -> Result<Self, Failure> {
        let code = QrCode::new(text).map_err(|error| Failure::broken(&error.to_string()))?;
        let width = code.width();
        let mut path = String::new();
        for (at, colour) in code.to_colors().into_iter().enumerate() {
            if colour == Color::Dark {
                // The border of four that the standard asks for.
                let _ = write!(path, "M{} {}h1v1h-1z", at % width + 4, at / width + 4);
            }
        }
        Ok(Self { side: width + 8, path })
    }
}

#[derive(Template)]
#[template(path = "pages/account/second_factor.html")]
struct Offer {
    lone: Lone,
    qr: Qr,
    secret: String,
    code: Input,
}

#[derive(Template)]
#[template(path = "pages/account/codes.html")]
struct RecoverySheet {
    lone: Lone,
    codes: Vec<String>,
    file: File,
}

/// A file that is part of its own address, for browsers to keep.
struct File(String);

impl std::fmt::Display for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("data:text/plain;charset=utf-8,")?;
        for byte in self.0.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => write!(f, "{}", char::from(byte))?,
                _ => write!(f, "%{byte:02X}")?,
            }
        }
        Ok(())
    }
}

/// Only letters, digits and `%`.
impl HtmlSafe for File {}

async fn begin(State(web): State<Web>, visitor: Visitor) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    if !signed.administrator.second_factor {
        web.engine.begin_totp(signed).await?;
    }
    Ok(go_on(PATH, ""))
}

/// The key that waits for its first code; without one there is nothing to see.
async fn offer(web: &Web, visitor: &Visitor, wrongs: &Wrongs) -> Page {
    let words = visitor.words;
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    let Some(offer) = web.engine.pending_totp(signed).await? else { return Ok(go_on("/account", "")) };
    let code = Input::new("code", words.t("entry-code")).hint(words.t("factor-code-hint"));
    let page = Offer {
        lone: Lone::new(visitor, words.t("factor-title")),
        qr: Qr::of(&offer.url)?,
        secret: spaced(&offer.secret),
        code: code.autocomplete("one-time-code").keys("numeric").required().short().told(wrongs),
    };
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

/// In fours, as people type it.
fn spaced(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

async fn show(State(web): State<Web>, visitor: Visitor) -> Page {
    offer(&web, &visitor, &Wrongs::default()).await
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    code: String,
}

async fn confirm(State(web): State<Web>, visitor: Visitor, Form(entries): Form<Entries>) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    match web.engine.confirm_totp(signed, &entries.code, &visitor.origin()).await {
        Ok(codes) => {
            let words = visitor.words;
            let heading = words.t("codes-file").with("email", &signed.administrator.email).to_string();
            let file = File(format!("{heading}\n\n{}\n", codes.join("\n")));
            draw(&RecoverySheet { lone: Lone::new(&visitor, words.t("codes-title")), codes, file })
        }
        Err(error) => offer(&web, &visitor, &Wrongs::told(visitor.words, error)?).await,
    }
}

#[derive(Deserialize)]
struct Proof {
    #[serde(default)]
    proof: Secret,
}

async fn stop(State(web): State<Web>, visitor: Visitor, Form(entries): Form<Proof>) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    match web.engine.disable_totp(signed, entries.proof.expose(), &visitor.origin()).await {
        Ok(()) => Ok(go_on("/account", "factor-off")),
        Err(error) => {
            let told = Wrongs::told(visitor.words, error)?;
            let wrongs = Wrongs::one("proof", told.at("password").unwrap_or_default());
            again(&super::page(&web, &visitor, None, Entered::default(), &wrongs).await?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_for_the_camera_and_for_typing() {
        let qr = Qr::of("otpauth://totp/Rollcall:a@b.example?secret=ABC").unwrap();
        assert!(qr.side > 30 && qr.path.starts_with("M4 4h1v1h-1z"));
        assert_eq!(spaced("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }

    #[test]
    fn a_file_is_an_address() {
        assert_eq!(File("a b\n\"é".to_owned()).to_string(), "data:text/plain;charset=utf-8,a%20b%0A%22%C3%A9");
    }
}
