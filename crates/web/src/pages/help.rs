//! Help: the guide, the problems and the rules, for everybody. Their files are in `docs/`.

mod draw;
pub(crate) mod media;
mod shelf;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect},
};

pub(crate) use media::{Film, film};

use crate::{
    access::Visitor,
    failure::Failure,
    page::{Page, draw as drawn},
    routes::{Access, Route, get},
    words::Words,
};
use draw::Text;
use shelf::Part;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/help", Access::Public, index),
        get("/help/{page}", Access::Public, page),
        get("/help/problems/{code}", Access::Public, problem),
        get("/help/pictures/{version}/{name}", Access::Public, media::picture),
        get("/help/film/{version}/{name}", Access::Public, media::moving),
    ]
}

#[derive(Template)]
#[template(path = "pages/help/help.html")]
struct Help {
    words: Words,
    text: &'static Text,
    address: String,
    /// Whether it is about one problem, of a page that lists them.
    one_of_many: bool,
    parts: Vec<Part>,
}

impl Help {
    /// Whether the text is in another language than the frame.
    fn is_foreign(&self) -> bool {
        self.text.language != self.words.language
    }
}

async fn index(visitor: Visitor) -> Page {
    show(&visitor, shelf::INDEX)
}

async fn page(Path(page): Path<String>, visitor: Visitor) -> Page {
    show(&visitor, &format!("/help/{page}"))
}

/// A problem's own page, or its place on the page that explains all of its kind.
async fn problem(Path(code): Path<String>, visitor: Visitor) -> Page {
    let address = format!("/help/problems/{code}");
    if shelf::text(visitor.words.language, &address).is_some() {
        return show(&visitor, &address);
    }
    let place = shelf::place_of(&code).ok_or_else(Failure::not_found)?;
    Ok(Redirect::to(&place).into_response())
}

fn show(visitor: &Visitor, address: &str) -> Page {
    let words = visitor.words;
    let text = shelf::text(words.language, address).ok_or_else(Failure::not_found)?;
    let one_of_many = address.starts_with("/help/problems/");
    drawn(&Help { words, text, address: address.to_owned(), one_of_many, parts: shelf::contents(words.language) })
}

#[cfg(test)]
mod tests;
