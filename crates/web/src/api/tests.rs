//! The description of the API and the table of routes say the same, and the description is kept with
//! the docs.

use std::{collections::BTreeSet, env, fs, path::Path};

use serde_json::Value;

use super::document::TEXT;
use crate::routes::{self, Access};

const KEPT: &str = "../../docs/openapi.json";

fn described() -> Value {
    serde_json::from_str(&TEXT).unwrap()
}

/// Each operation: method, address, scope.
fn operations(document: &Value) -> BTreeSet<(String, String, String)> {
    let mut found = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let scope = operation["security"][0]["token"][0].as_str().unwrap();
            found.insert((method.to_uppercase(), path.clone(), scope.to_owned()));
        }
    }
    found
}

#[test]
fn the_description_names_every_route_with_its_scope_and_no_other() {
    let routes = routes::table().into_iter().filter_map(|route| match route.access {
        Access::Token(scope) => Some((route.method.to_string(), route.path.to_owned(), scope.to_string())),
        _ => None,
    });
    assert_eq!(operations(&described()), routes.collect());
}

#[test]
fn every_route_below_v1_needs_a_token() {
    for route in routes::table().iter().filter(|route| route.path.starts_with("/api/v1/")) {
        assert!(matches!(route.access, Access::Token(_)), "{}", route.path);
    }
}

#[test]
fn the_description_is_whole() {
    let document = described();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let text = TEXT.as_str();
    for reference in text.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"][reference].is_object(), "{reference}");
    }
    let mut ids = BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()));
            for status in ["400", "401", "403", "500"] {
                let schema = &operation["responses"][status]["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{status} of {}", operation["operationId"]);
            }
        }
    }
}

/// Renew it with `ROLLCALL_RENEW=1 cargo test -p rollcall-web openapi`.
#[test]
fn openapi_in_the_docs_is_what_is_served() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    if env::var_os("ROLLCALL_RENEW").is_some() {
        fs::write(&kept, TEXT.as_str()).unwrap();
    }
    let text = fs::read_to_string(&kept).unwrap_or_default();
    assert!(text == *TEXT, "docs/openapi.json is out of date: ROLLCALL_RENEW=1 cargo test -p rollcall-web openapi");
}
