//! The description of the API, made from the code.

use std::sync::LazyLock;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        ContentBuilder, OpenApi as Document, Ref, RefOr, ResponseBuilder,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{imports, integrations, members, people, problem, start};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rollcall",
        version = "1",
        description = "What the manager portal does with integrations, imports and members, for programs. A token \
                       belongs to one programme and has scopes; administrators make it in the settings. Instants are \
                       UTC. Lists come in pages: send `next` of one as `cursor` for the following one. A token \
                       may ask ten times a second, and 300 times at once after a rest. New fields may \
                       be added to answers at any time.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT")
    ),
    paths(
        integrations::list, integrations::show, start::start, imports::list, imports::show, people::changes,
        people::problems, members::list, members::show, members::history
    ),
    components(schemas(problem::Told)),
    tags(
        (name = "integrations", description = "Connections to HR systems"),
        (name = "imports", description = "What was, is and would be imported"),
        (name = "members", description = "The accounts of the programme"),
    ),
    modifiers(&Everywhere)
)]
struct Described;

/// What holds for every operation: how to show a token, and what can go wrong anywhere.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, document: &mut Document) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token of the programme"));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer.build()));
        for (path, item) in &mut document.paths.paths {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                refusal(operation, "400", "`api-query`, `api-cursor`, `api-body`, `api-idempotency-key`");
                refusal(operation, "401", "`api-token-missing`, `api-token-refused`");
                refusal(operation, "403", "`api-scope-missing`, `api-other-site`");
                if path.contains('{') {
                    refusal(operation, "404", "`api-not-found`");
                }
                refusal(operation, "408", "`api-too-slow`");
                refusal(operation, "413", "`api-too-large`");
                refusal(operation, "429", "`api-too-many`; `Retry-After` says in how many seconds to try again");
                refusal(operation, "500", "`api-broken`");
                refusal(operation, "503", "`api-overloaded`; `api-programme-suspended`");
            }
        }
    }
}

fn refusal(operation: &mut Operation, status: &str, codes: &str) {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description(codes).content("application/problem+json", body).build();
    operation.responses.responses.insert(status.to_owned(), RefOr::T(response));
}

/// The document, as it is served.
pub(super) static TEXT: LazyLock<String> =
    LazyLock::new(|| Described::openapi().to_pretty_json().unwrap_or_default() + "\n");

/// `GET /api/openapi.json`
pub(super) async fn serve() -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")], TEXT.as_str())
        .into_response()
}
