//! An administrator in a browser without script: pages and forms, and nothing else.

use axum::{
    body::Body,
    http::{Request, StatusCode, header, request::Builder},
    response::Response,
};
use domain::{language::Language, roles::Role};
use engine::{
    Actor,
    administrators::{FirstRun, NewAdministrator, Origin, SignIn},
};

use tower::ServiceExt;

use crate::bed::{Answer, Bed};

pub(crate) const PASSWORD: &str = "nine quiet lanterns";

/// Somebody who is signed in.
pub(crate) struct Visitor<'a> {
    bed: &'a Bed,
    cookie: String,
}

impl<'a> Visitor<'a> {
    /// The first administrator, who makes the programme Acme.
    pub(crate) async fn first(bed: &'a Bed) -> Self {
        let link = bed.engine.first_run_link().await.expect("a link").expect("nobody was there before");
        let entries = FirstRun {
            programme: "Acme".into(),
            slug: None,
            time_zone: "Europe/London".into(),
            name: "Ines Hartmann".into(),
            email: "ines@acme.example".into(),
            password: PASSWORD.into(),
            language: Language::En,
        };
        let token = link.rsplit('/').next().expect("a token");
        let token = bed.engine.first_run(token, &entries, &Origin::default()).await.expect("a programme");
        Self::with(bed, token.as_str())
    }

    /// Another administrator of Acme.
    pub(crate) async fn colleague(bed: &'a Bed, role: Role) -> Self {
        let programme = bed.engine.programme("acme").await.expect("it was made");
        let email = format!("{role}@acme.example");
        let new = NewAdministrator {
            name: "Col League".into(),
            email: email.clone(),
            password: PASSWORD.into(),
            language: Language::De,
        };
        bed.engine.make_administrator(&programme, &new, role, &Actor::command()).await.expect("a colleague");
        match bed.engine.sign_in(&email, PASSWORD, &Origin::default()).await.expect("an answer") {
            SignIn::In(token) => Self::with(bed, token.as_str()),
            _ => panic!("not let in"),
        }
    }

    /// Whoever was let in by this answer.
    pub(crate) fn let_in(bed: &'a Bed, answer: &Answer) -> Self {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let cookie = answer.header(header::SET_COOKIE).split(';').next().unwrap_or_default().to_owned();
        Self { bed, cookie }
    }

    fn with(bed: &'a Bed, token: &str) -> Self {
        Self { bed, cookie: format!("__Host-rollcall={token}") }
    }

    /// The same, in a browser that holds this cookie too.
    pub(crate) fn holding(&self, cookie: &str) -> Self {
        Self { bed: self.bed, cookie: format!("{}; {cookie}", self.cookie) }
    }

    /// Looks at a page within the programme.
    pub(crate) async fn see(&self, path: &str) -> Answer {
        let request = Request::get(at(path)).header(header::COOKIE, &self.cookie);
        self.bed.ask(request.body(Body::empty()).expect("a request")).await
    }

    /// Opens a page without reading it to its end.
    pub(crate) async fn open(&self, path: &str) -> Response {
        let request = Request::get(at(path)).header(header::COOKIE, &self.cookie);
        let request = request.body(Body::empty()).expect("a request");
        self.bed.router.clone().oneshot(request).await.expect("routers do not fail")
    }

    /// Asks for something in another way than pages do.
    pub(crate) async fn ask(&self, request: Builder, body: &str) -> Answer {
        let request = request.header(header::COOKIE, &self.cookie).body(Body::from(body.to_owned()));
        self.bed.ask(request.expect("a request")).await
    }

    /// Looks at a page that is there.
    pub(crate) async fn page(&self, path: &str) -> String {
        let answer = self.see(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.text()
    }

    /// Sends a form.
    pub(crate) async fn send(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(at(path))
            .header(header::COOKIE, &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = serde_urlencoded::to_string(form).expect("a form");
        self.bed.ask(request.body(Body::from(body)).expect("a request")).await
    }

    /// Sends a form that is taken; gives back where it leads, within the programme.
    pub(crate) async fn done(&self, path: &str, form: &[(&str, &str)]) -> String {
        let answer = self.send(path, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text());
        answer.header(header::LOCATION).trim_start_matches("/manage/acme/").to_owned()
    }

    /// Sends a form that is not taken; gives back the page with what is wrong.
    pub(crate) async fn refused(&self, path: &str, form: &[(&str, &str)]) -> String {
        let answer = self.send(path, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text());
        let page = answer.text();
        // Whatever leads to a place of the page itself, such as an error on top of a form, gets there.
        for place in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{place}\"")), "{path}: there is no {place}: {page}");
        }
        page
    }
}

fn at(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/manage/acme/{path}") }
}
