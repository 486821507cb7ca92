//! Starting an import.

use axum::{
    Json,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{ids::ImportId, import::Purpose};
use engine::{Once, import::Request};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    caller::Caller,
    problem::{Kind, Problem},
};

/// The longest idempotency key.
const LONGEST_KEY: usize = 200;

/// What the import is to do.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Start {
    /// `apply` (what is taken if nothing is said), or `preview`: show what would be done, and do nothing.
    #[schema(example = "apply")]
    purpose: Option<String>,
}

/// An import that was started.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Started {
    /// Its number.
    import: Uuid,
    /// Where to look at it.
    #[schema(example = "/api/v1/imports/01a209f3-5e56-7436-84d2-89a3b432a1f0")]
    href: String,
}

/// Starts an import, which is done in the background.
///
/// With an `Idempotency-Key`, the same request sent again within 24 hours starts no second import, and gets
/// the same answer.
#[utoipa::path(
    post, path = "/api/v1/integrations/{source}/imports", operation_id = "startImport", tag = "imports",
    params(
        ("source" = String, Path, description = "The HR system", example = "personio"),
        ("Idempotency-Key" = Option<String>, Header, description = "Your name for this request: 1 to 200 visible ASCII characters"),
    ),
    request_body(content = Option<Start>, description = "May be left out"),
    responses(
        (status = 202, description = "Started", body = Started,
            headers(("Location" = String, description = "Where to look at the import"))),
        (status = 409, description = "`api-already-running`: another import of the integration is running; \
            `api-not-possible`: it is not published, or has no credentials",
            body = super::problem::Told, content_type = "application/problem+json"),
        (status = 422, description = "`api-idempotency-key-reused`: the key was used for another request",
            body = super::problem::Told, content_type = "application/problem+json"),
    ),
    security(("token" = ["imports:run"]))
)]
pub(super) async fn start(
    Path(source): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let integration = caller.integration(&source).await?;
    let purpose = purpose(&body)?;
    let request = Request { purpose, trigger: "api", renumbered: false };
    let (engine, by) = (&caller.web.engine, caller.actor());
    let import = match key(&headers)? {
        None => engine.start_import(caller.programme(), &integration, request, &by).await?,
        Some(key) => {
            let print = format!("{source} {}", purpose.as_str());
            match engine.start_import_once(&caller.program, &integration, request, &by, (&key, &print)).await? {
                Once::Started(import) => import,
                Once::AnotherRequest => {
                    let detail = "Use a new key for each request, and the same one only to send the same again.";
                    return Err(Problem::new(Kind::KeyReused, detail));
                }
            }
        }
    };
    Ok(started(import))
}

fn started(import: ImportId) -> Response {
    let href = format!("/api/v1/imports/{import}");
    let body = Started { import: import.0, href: href.clone() };
    (StatusCode::ACCEPTED, [(header::LOCATION, href)], Json(body)).into_response()
}

fn purpose(body: &[u8]) -> Result<Purpose, Problem> {
    let wrong = |detail: String| Problem::new(Kind::Body, detail);
    let unreadable = |error| wrong(format!("It cannot be read: {error}."));
    let start = match body {
        [] => Start::default(),
        body => {
            // An object: a list would be taken for its fields in their order.
            let fields: serde_json::Map<_, _> = serde_json::from_slice(body).map_err(unreadable)?;
            serde_json::from_value(fields.into()).map_err(unreadable)?
        }
    };
    match start.purpose.as_deref() {
        None | Some("apply") => Ok(Purpose::Apply),
        Some("preview") => Ok(Purpose::Preview),
        Some(other) => Err(wrong(format!("`purpose` is “{other}”; it can be “apply” or “preview”."))),
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let text = key.to_str().ok().filter(|text| (1..=LONGEST_KEY).contains(&text.len()));
    let wrong = || Problem::new(Kind::Key, "`Idempotency-Key` is 1 to 200 visible ASCII characters.");
    text.map(|text| Some(text.to_owned())).ok_or_else(wrong)
}
