//! What programs ask for.

use anyhow::{Context, ensure};
use serde_json::Value;
use testkit::Site;

use super::target::Target;
use crate::pages::programs::PROGRAMME;

/// So many programs, each with a token of its own that may look at everything.
pub(super) fn tokens(site: &Site, number: u32) -> anyhow::Result<Vec<Site>> {
    let make = |number| {
        let name = format!("Program {number}");
        let scopes = ["integrations:read", "imports:read", "members:read"].map(|scope| ("scopes", scope));
        let fields = [&[("name", name.as_str()), ("expires_at", "30")][..], &scopes].concat();
        let answer = site.post(&format!("/manage/{PROGRAMME}/settings/tokens"), &fields)?;
        let text = answer.text();
        let token = text.split_once("id=\"token\">").and_then(|(_, rest)| rest.split('<').next());
        let token = token.with_context(|| format!("no token was made ({})", answer.status))?;
        Ok(site.with_token(token))
    };
    (1..=number).map(make).collect()
}

fn ask(program: &Site, address: &str) -> anyhow::Result<Value> {
    let answer = program.get(address)?;
    ensure!(answer.status == 200, "{address} answered {}: {}", answer.status, answer.text());
    serde_json::from_slice(&answer.body).with_context(|| format!("{address} answered no JSON"))
}

/// The text at a place of an answer.
fn text(answer: &Value, place: &str) -> anyhow::Result<String> {
    let text = answer.pointer(place).and_then(Value::as_str);
    Ok(text.with_context(|| format!("there is no {place} in an answer of the API"))?.to_owned())
}

/// The imports of the programme.
pub(super) struct Imports {
    /// The one in which everybody was new.
    pub(super) first: String,
    /// The one with problems.
    newest: String,
    /// Numbers of rows in the first one's list of joiners, to go on behind, with where they lie.
    pub(super) places: Vec<(&'static str, i64)>,
}

/// Beginnings of last names: long lists are read on from there.
pub(super) const PLACES: [&str; 4] = ["d", "k", "r", "w"];

impl Imports {
    pub(super) fn of(program: &Site) -> anyhow::Result<Self> {
        let imports = ask(program, "/api/v1/imports")?;
        let oldest = imports["items"].as_array().map_or(0, Vec::len).saturating_sub(1);
        let first = text(&imports, &format!("/items/{oldest}/id"))?;
        let mut places = Vec::new();
        for place in PLACES {
            let found = ask(program, &format!("/api/v1/imports/{first}/changes?kind=join&q={place}&limit=1"))?;
            // A cursor is the list's letter and the row's number; the page of the portal goes on behind the same rows.
            let digits = found["next"].as_str().and_then(|cursor| cursor.strip_prefix('c'));
            places.extend(digits.and_then(|digits| i64::from_str_radix(digits, 16).ok()).map(|row| (place, row)));
        }
        Ok(Self { first, newest: text(&imports, "/items/0/id")?, places })
    }
}

/// How many pages are left behind in lists that are read on.
const STEPS: u32 = 10;

/// `cursor` of a page so many pages on, or of the last one before the end; `None` where there is one page only.
fn further_on(program: &Site, list: &str) -> anyhow::Result<Option<String>> {
    let mut cursor = None;
    let sign = if list.contains('?') { '&' } else { '?' };
    for _ in 0..STEPS {
        let behind = cursor.as_ref().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let answer = ask(program, &format!("{list}{sign}limit=200{behind}"))?;
        let Some(next) = answer["next"].as_str() else { break };
        cursor = Some(next.to_owned());
    }
    Ok(cursor)
}

/// Every list and every single thing that the API tells, lists far on too.
pub(super) fn lists(program: &Site, imports: &Imports) -> anyhow::Result<Vec<Target>> {
    let member = text(&ask(program, "/api/v1/members?q=m&limit=1")?, "/items/0/id")?;
    let of_import = format!("/api/v1/imports/{}", imports.first);
    let problems = format!("/api/v1/imports/{}/problems", imports.newest);
    let of_member = format!("/api/v1/members/{member}");
    let named = |address: &str| {
        [&imports.first, &imports.newest, &member].iter().fold(address.to_owned(), |name, id| name.replace(*id, "{id}"))
    };
    let mut targets: Vec<Target> = [
        "/api/v1/integrations",
        "/api/v1/integrations/personio",
        "/api/v1/imports",
        "/api/v1/imports?state=completed",
        &of_import,
        &format!("{of_import}/changes"),
        &format!("{of_import}/changes?kind=reject"),
        &format!("{of_import}/changes?q=mar"),
        &problems,
        &format!("{problems}?severity=error"),
        "/api/v1/members",
        "/api/v1/members?limit=200",
        "/api/v1/members?state=invited",
        "/api/v1/members?state=leaver",
        "/api/v1/members?q=mar",
        &of_member,
        &format!("{of_member}/history"),
    ]
    .iter()
    .map(|address| Target::new(named(address), *address))
    .collect();
    for list in [format!("{of_import}/changes"), problems, "/api/v1/members".to_owned()] {
        if let Some(cursor) = further_on(program, &list)? {
            targets.push(Target::new(format!("{}?cursor (far on)", named(&list)), format!("{list}?cursor={cursor}")));
        }
    }
    for place in PLACES {
        // Where a search goes on, the whole list can go on too.
        let found = ask(program, &format!("/api/v1/members?q={place}&limit=1"))?;
        if let Some(cursor) = found["next"].as_str() {
            let page = format!("/api/v1/members?cursor (from “{place}”)");
            targets.push(Target::new(page, format!("/api/v1/members?cursor={cursor}")));
        }
    }
    for (place, row) in &imports.places {
        let page = format!("/api/v1/imports/{{id}}/changes?kind&cursor (from “{place}”)");
        targets.push(Target::new(page, format!("{of_import}/changes?kind=join&cursor=c{row:x}")));
    }
    Ok(targets)
}

/// Somebody who can be looked for: the values of their fields by name.
pub(super) type Person = Vec<(&'static str, String)>;

/// So many members, from all over the list.
pub(super) fn people(program: &Site, number: u32) -> anyhow::Result<Vec<Person>> {
    let mut people = Vec::new();
    for letter in "amskbhgrwfdetjlncpoizvuy".chars().cycle().take(number as usize) {
        // Others each time that the letters come round.
        let limit = people.len() / 24 + 1;
        let found = ask(program, &format!("/api/v1/members?q={letter}&limit={limit}"))?;
        let Some(member) = found["items"].as_array().and_then(|items| items.last()) else { continue };
        let value = |name: &'static str, place: &str| Some((name, member.pointer(place)?.as_str()?.to_owned()));
        let fields = [
            value("first name", "/fields/first_name"),
            value("last name", "/fields/last_name"),
            value("e-mail", "/fields/email"),
            value("employee ID", "/employee_id"),
        ];
        people.push(fields.into_iter().flatten().collect());
    }
    Ok(people)
}
