//! API tokens: made, shown once, revoked.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use domain::{ids::TokenId, roles::Action, scope::Scope};
use engine::administrators::{NewToken, TokenView};
use serde::Deserialize;
use uuid::Uuid;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Choice, Entries, Input, Summary, Wrongs, again},
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    when::Clock,
};

const DAY: i64 = 24 * 3_600 * 1_000_000;

/// How long a token may be made for, in days; the empty one is for ever.
const LASTING: [&str; 4] = ["30", "90", "365", ""];

pub(super) fn routes() -> Vec<Route> {
    let may = Access::May(Action::ManageTokens);
    vec![
        get("/manage/{programme}/settings/tokens", may, show),
        post("/manage/{programme}/settings/tokens", may, make),
        post("/manage/{programme}/settings/tokens/{token}/revoke", may, revoke),
    ]
}

#[derive(Template)]
#[template(path = "pages/settings/tokens.html")]
struct Tokens {
    shell: Shell,
    tabs: Tabs,
    /// A token that was just made: shown this once.
    made: Option<String>,
    all: Vec<TokenView>,
    revoking: Option<TokenView>,
    now: i64,
    clock: Clock,
    summary: Summary,
    name: Input,
    scopes: Vec<(Scope, bool)>,
    scopes_wrong: Option<String>,
    lasting: Choice,
}

impl Tokens {
    fn is_good(&self, token: &TokenView) -> bool {
        token.revoked_at.is_none() && token.expires_at.is_none_or(|end| end > self.now)
    }
}

#[derive(Default)]
struct Entered {
    name: String,
    scopes: BTreeSet<Scope>,
    lasting: Option<String>,
}

async fn page(manager: &Manager, said: Option<&str>, entered: &Entered, wrongs: &Wrongs) -> Result<Tokens, Failure> {
    let words = manager.words;
    let (shell, tabs) = frame(manager, "tokens", said);
    let lasting = |days: &str| {
        let key = if days.is_empty() {
            words.t("token-for-ever")
        } else {
            words.n("token-days", days.parse().unwrap_or(0u32))
        };
        (days.to_owned(), key.to_string())
    };
    let name = Input::new("name", words.t("token-name")).hint(words.t("token-name-hint"));
    Ok(Tokens {
        shell,
        tabs,
        made: None,
        all: manager.web.engine.tokens_of(&manager.programme).await?,
        revoking: None,
        now: manager.web.engine.now(),
        clock: manager.clock.clone(),
        summary: wrongs.summary(words),
        name: name.required().value(&entered.name).told(wrongs),
        scopes: Scope::ALL.into_iter().map(|scope| (scope, entered.scopes.contains(&scope))).collect(),
        scopes_wrong: wrongs.beside("scopes", words.t("token-scopes")),
        lasting: Choice::new("expires_at", words.t("token-lasting"), LASTING.into_iter().map(lasting).collect())
            .value(entered.lasting.as_deref().unwrap_or("365"))
            .told(wrongs),
    })
}

#[derive(Deserialize)]
struct Asked {
    said: Option<String>,
    revoke: Option<Uuid>,
}

async fn show(manager: Manager, Query(asked): Query<Asked>) -> Page {
    let mut page = page(&manager, asked.said.as_deref(), &Entered::default(), &Wrongs::default()).await?;
    let wanted = |token: &&TokenView| Some(token.id.0) == asked.revoke && page.is_good(token);
    page.revoking = page.all.iter().find(wanted).cloned();
    draw(&page)
}

async fn make(manager: Manager, Form(entries): Form<Entries>) -> Page {
    let entered = Entered {
        name: entries.text("name").to_owned(),
        scopes: entries.all_of("scopes").filter_map(|scope| scope.parse().ok()).collect(),
        lasting: Some(entries.text("expires_at").to_owned()),
    };
    let days = entries.text("expires_at").parse::<i64>().ok().filter(|days| (1..=3_650).contains(days));
    let new = NewToken {
        name: entered.name.clone(),
        scopes: entered.scopes.clone(),
        expires_at: days.map(|days| manager.web.engine.now() + days * DAY),
    };
    match manager.web.engine.make_token(&manager.programme, &new, &manager.actor()).await {
        Ok(token) => {
            let page = page(&manager, None, &Entered::default(), &Wrongs::default()).await?;
            let page = Tokens { made: Some(token.as_str().to_owned()), ..page };
            Ok((StatusCode::CREATED, draw(&page)?).into_response())
        }
        Err(error) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&page(&manager, None, &entered, &wrongs).await?)
        }
    }
}

#[derive(Deserialize)]
struct At {
    token: Uuid,
}

async fn revoke(manager: Manager, Path(At { token }): Path<At>) -> Page {
    let tokens = manager.web.engine.tokens_of(&manager.programme).await?;
    if !tokens.iter().any(|one| one.id.0 == token) {
        return Err(Failure::NotFound);
    }
    manager.web.engine.revoke_token(&manager.programme, TokenId(token), &manager.actor()).await?;
    Ok(go_on(&manager.at("settings/tokens"), "token-revoked"))
}
