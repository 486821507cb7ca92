//! What is asked for: every page that links lead to, and lists far behind their beginning.

use testkit::{Site, attributes};

use crate::pages::{
    programs::PROGRAMME,
    routes,
    site::{further_on, pages as linked},
};

/// A page or a list of the API.
pub(super) struct Target {
    pub(super) page: String,
    pub(super) address: String,
    pub(super) is_api: bool,
}

impl Target {
    pub(super) fn new(page: impl Into<String>, address: impl Into<String>) -> Self {
        let address = address.into();
        Self { page: page.into(), is_api: address.starts_with("/api/"), address }
    }
}

/// How many pages of a list are left behind by following links.
const STEPS: u32 = 20;

/// Beginnings of last names: the list of members is read on from there.
const PLACES: [&str; 4] = ["d", "k", "r", "w"];

/// All pages of the portal.
pub(super) fn pages(site: &Site) -> anyhow::Result<Vec<Target>> {
    let mut targets = Vec::new();
    for (page, address) in linked(site, routes::BEGINNINGS)? {
        let is_list =
            page.split_once('?').is_some_and(|(_, query)| query.contains("after") || query.contains("before"));
        let further = if is_list { further_on(site, &address, STEPS)? } else { None };
        targets.extend(further.map(|address| Target::new(format!("{page} (far on)"), address)));
        targets.push(Target::new(page, address));
    }
    let members = format!("/manage/{PROGRAMME}/members");
    for place in PLACES {
        let found = site.get(&format!("{members}?q={place}"))?.text();
        let begin = format!("{members}/");
        // Its number is the first part of the address behind the list's that is long enough for one.
        let mut ids = attributes(&found, " href=\"").filter_map(|link| link.strip_prefix(&begin));
        if let Some(id) = ids.find(|id| id.len() >= 32 && !id.contains('/')) {
            targets.push(Target::new(format!("{members}?after (from “{place}”)"), format!("{members}?after={id}")));
        }
        targets.push(Target::new(format!("{members}?q (“{place}”)"), format!("{members}?q={place}")));
    }
    Ok(targets)
}
