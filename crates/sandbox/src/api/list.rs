//! `GET /v1/company/employees`: the list, page by page.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::{errors::ApiError, gate};
use crate::{
    attributes::{Context, Written, bits, readable, shown},
    company::{
        Company,
        person::{Person, Told},
    },
    fault::{Endpoint, Entry, FaultKind, Roll},
    knobs::{Knobs, OverLimit},
    state::{self, lock},
};

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    /// The page size that it gets.
    limit: u64,
    /// The page size that the answer names.
    named_limit: u64,
    offset: u64,
    email: Option<String>,
    updated_since: Option<DateTime>,
    /// The attributes to give; all that may be read where none is named.
    attributes: Option<BTreeSet<String>>,
}

impl Asked {
    fn parse(query: &[(String, String)], knobs: &Knobs) -> Result<Self, ApiError> {
        let value = |name: &str| query.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let number =
            |name: &str| value(name).map(|text| text.parse::<u64>().map_err(|_| ApiError::Invalid)).transpose();
        let wanted = number("limit")?.unwrap_or(knobs.default_limit);
        let limit = wanted.min(knobs.max_limit);
        if limit == 0 {
            return Err(ApiError::Invalid);
        }
        let named_limit = match knobs.over_limit {
            OverLimit::Refuse if wanted > limit => return Err(ApiError::LimitTooLarge),
            OverLimit::ClampSilently => wanted,
            OverLimit::Clamp | OverLimit::Refuse => limit,
        };
        let attributes: BTreeSet<String> = query
            .iter()
            .filter(|(key, _)| key == "attributes" || key.starts_with("attributes["))
            .map(|(_, value)| value.clone())
            .collect();
        Ok(Self {
            limit,
            named_limit,
            offset: number("offset")?.unwrap_or(0),
            email: value("email").map(str::to_lowercase),
            updated_since: value("updated_since").map(moment).transpose()?,
            attributes: (!attributes.is_empty()).then_some(attributes),
        })
    }

    fn page(&self) -> u64 {
        self.offset / self.limit + 1
    }

    /// Where in the company's list the people stand that are asked for; `None` for all of it.
    fn places(&self, company: &Company) -> Option<Vec<usize>> {
        let people = company.people();
        let chosen = |wanted: &dyn Fn(&Person) -> bool| (0..people.len()).filter(|&at| wanted(&people[at])).collect();
        if let Some(since) = self.updated_since {
            let about = self
                .attributes
                .as_ref()
                .map_or(u64::MAX, |keys| bits(&keys.iter().map(String::as_str).collect::<Vec<_>>()));
            return Some(chosen(&|person| person.modified >= since && person.changed & about != 0));
        }
        let email = self.email.as_deref()?;
        let context = Context::plain(company);
        Some(chosen(&|person| {
            let own = shown(&context, person, "email");
            own.as_ref().and_then(|own| own.as_str()).is_some_and(|own| own.to_lowercase() == email)
        }))
    }
}

/// A day, or a moment of one.
fn moment(text: &str) -> Result<DateTime, ApiError> {
    let day = || text.parse::<Date>().map(|day| day.at(0, 0, 0, 0));
    text.trim_end_matches('Z').parse::<DateTime>().or_else(|_| day()).map_err(|_| ApiError::Invalid)
}

pub(super) async fn list(
    State(state): State<Arc<state::State>>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let page = |knobs: &Knobs| Asked::parse(&query, knobs).ok().map(|asked| asked.page());
    let visit = match gate::enter(&state, &headers, Endpoint::Employees, page).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let asked = match Asked::parse(&query, &visit.knobs) {
        Ok(asked) => asked,
        Err(error) => return visit.refuse(error),
    };
    let kept = visit.knobs.prerender && visit.struck.is_empty();
    let body = visit.tenant.look(|company| {
        let version = (company.version(), visit.settings);
        if kept && let Some(page) = lock(&visit.tenant.rendered).get(version, &asked) {
            return page;
        }
        let allowed = visit.tenant.at_desk(|desk| desk.readable.clone());
        let page = render(company, &asked, allowed.as_ref(), &visit.struck, &visit.knobs, &state.base_url);
        if kept {
            lock(&visit.tenant.rendered).put(version, asked, page.clone());
        }
        page
    });
    visit.answer(body)
}

#[derive(Serialize)]
struct Answer<'a> {
    success: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Metadata>,
    offset: u64,
    limit: u64,
    data: Vec<Written<'a, 'a>>,
}

#[derive(Serialize)]
struct Metadata {
    total_elements: usize,
    current_page: u64,
    total_pages: u64,
}

fn render(
    company: &Company,
    asked: &Asked,
    allowed: Option<&BTreeSet<String>>,
    struck: &[FaultKind],
    knobs: &Knobs,
    base_url: &str,
) -> Bytes {
    let places = asked.places(company);
    let count = places.as_ref().map_or(company.people().len(), Vec::len);
    let to_usize = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let roll = Roll::page(count, to_usize(asked.offset), to_usize(asked.limit), struck);
    let people: Vec<Cow<'_, Person>> = roll
        .page
        .iter()
        .map(|entry| {
            let at = |place: usize| &company.people()[places.as_ref().map_or(place, |places| places[place])];
            match *entry {
                Entry::Person(place) => Cow::Borrowed(at(place)),
                Entry::Altered(place) => Cow::Owned(altered(at(place))),
                Entry::Stranger(number) => Cow::Owned(company.stranger(number)),
            }
        })
        .collect();

    let mut columns = readable(company, allowed);
    if let Some(attributes) = &asked.attributes {
        columns.retain(|column| attributes.contains(column.key()));
    }
    let mut context = Context::new(company, knobs.writing, base_url);
    let mut withheld = Vec::new();
    for fault in struck {
        match fault {
            FaultKind::Renumbered { by } => context.renumbered_by += by,
            FaultKind::Withdrawn { attribute, person } => withheld.push((attribute.clone(), *person)),
            _ => {}
        }
    }
    let written = |person| Written { context: &context, columns: &columns, person, withheld: &withheld };
    // The answer names the page size that was used, unless it is one that keeps it to itself.
    let limit = if roll.limit == to_usize(asked.limit) { asked.named_limit } else { roll.limit as u64 };
    let answer = Answer {
        success: true,
        metadata: (!struck.contains(&FaultKind::NoMetadata)).then(|| Metadata {
            total_elements: roll.total,
            current_page: asked.offset / limit.max(1),
            total_pages: (roll.total as u64).div_ceil(limit.max(1)),
        }),
        offset: asked.offset,
        limit,
        data: people.iter().map(|person| written(person.as_ref())).collect(),
    };
    serde_json::to_vec(&answer).unwrap_or_default().into()
}

/// The same person in other words.
fn altered(person: &Person) -> Person {
    let mut other = person.clone();
    for key in ["first_name", "last_name", "position"] {
        other.tell(key, Told::Json("Somebody else".into()));
    }
    other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::company::Change;
    use jiff::civil::date;
    use serde_json::{Value as Json, json};

    fn asked(query: &[(&str, &str)], knobs: &Knobs) -> Result<Asked, ApiError> {
        let query: Vec<_> = query.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Asked::parse(&query, knobs)
    }

    fn body(company: &Company, query: &[(&str, &str)], allowed: Option<&BTreeSet<String>>) -> Json {
        let knobs = Knobs::default();
        let asked = asked(query, &knobs).expect("a good query");
        let bytes = render(company, &asked, allowed, &[], &knobs, "");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    #[test]
    fn a_page_too_large_is_cut_down_in_the_open_or_in_silence_or_refused() {
        let over = |over_limit| {
            let asked = asked(&[("limit", "200")], &Knobs { over_limit, ..Knobs::default() });
            asked.map(|asked| (asked.limit, asked.named_limit))
        };
        assert_eq!(over(OverLimit::Clamp), Ok((100, 100)));
        assert_eq!(over(OverLimit::ClampSilently), Ok((100, 200)));
        assert_eq!(over(OverLimit::Refuse), Err(ApiError::LimitTooLarge));
        for limit in ["0", "-1", "many"] {
            assert_eq!(asked(&[("limit", limit)], &Knobs::default()), Err(ApiError::Invalid));
        }
    }

    #[test]
    fn only_what_is_asked_for_and_may_be_read_is_given() {
        let company = Company::generate(1, 20, date(2026, 11, 23));
        let query =
            [("attributes[]", "id"), ("attributes[]", "fix_salary"), ("attributes[]", "no_such"), ("limit", "1")];
        let keys = |answer: &Json| -> Vec<String> {
            let attributes = answer["data"][0]["attributes"].as_object().expect("attributes");
            let mut keys: Vec<String> = attributes.keys().cloned().collect();
            // Their order is the parser's affair.
            keys.sort();
            keys
        };
        assert_eq!(keys(&body(&company, &query, None)), ["fix_salary", "id"]);
        let allowed = ["id".to_owned(), "email".to_owned()].into();
        assert_eq!(keys(&body(&company, &query, Some(&allowed))), ["id"]);
        assert_eq!(keys(&body(&company, &[], Some(&allowed))), ["email", "id"]);
    }

    #[test]
    fn paging_covers_everybody_exactly_once() {
        let company = Company::generate(1, 123, date(2026, 11, 23));
        let mut ids = Vec::new();
        for page in 0.. {
            let offset = (page * 7).to_string();
            let answer = body(&company, &[("limit", "7"), ("offset", &offset)], None);
            assert_eq!(answer["metadata"]["current_page"], page);
            let data = answer["data"].as_array().expect("a list");
            ids.extend(data.iter().filter_map(|person| person["attributes"]["id"]["value"].as_i64()));
            if page + 1 >= answer["metadata"]["total_pages"].as_i64().expect("a number") {
                break;
            }
        }
        assert_eq!(ids, company.ids());
    }

    #[test]
    fn people_are_found_by_address_and_by_change() {
        let mut company = Company::generate(1, 50, date(2026, 11, 23));
        let id = company.ids()[10];
        let email = company.value(id, "email").expect("shared");
        let email = email.as_str().expect("text").to_uppercase();
        let total = |company: &Company, query: &[(&str, &str)]| {
            body(company, query, None)["metadata"]["total_elements"].clone()
        };
        assert_eq!(total(&company, &[("email", &email)]), json!(1));
        assert_eq!(total(&company, &[("email", "nobody@acme.example")]), json!(0));

        company.month_passes();
        let since = [("updated_since", "2026-12-23T08:00:00")];
        let before = total(&company, &since).as_i64().expect("a number");
        company.change(id, &Change::set("gender", "diverse"));
        let after = total(&company, &since).as_i64().expect("a number");
        assert!(before > 0 && after == before + 1, "{before} {after}");
        let about = |key| {
            let answer =
                body(&company, &[since[0], ("email", "ignored"), ("attributes[]", key), ("attributes[]", "id")], None);
            answer["data"].as_array().expect("a list").iter().any(|person| person["attributes"]["id"]["value"] == id)
        };
        assert!(about("gender") && !about("office"));
        assert!(asked(&[("updated_since", "yesterday")], &Knobs::default()).is_err());
    }
}
