//! The choice between several programmes.

use askama::Template;
use engine::administrators::Place;

use crate::{
    access::Visitor,
    page::{Lone, Page, draw},
    routes::{Access, Route, get},
};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/programmes", Access::SignedIn, show)]
}

#[derive(Template)]
#[template(path = "pages/sign_in/programmes.html")]
struct Programmes {
    lone: Lone,
    places: Vec<Place>,
}

async fn show(visitor: Visitor) -> Page {
    let places = visitor.signed.as_ref().map(|signed| signed.places.clone()).unwrap_or_default();
    let title = visitor.words.t(if places.is_empty() { "programmes-none" } else { "programmes-title" });
    draw(&Programmes { lone: Lone::new(&visitor, title), places })
}
