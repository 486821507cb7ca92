//! What is asked for: every page that links lead to, and lists far behind their beginning.

use testkit::{Site, attributes};

use super::apis::{Imports, PLACES};
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

/// All pages of the portal, and those lists again where they are longest.
pub(super) fn pages(site: &Site, imports: &Imports) -> anyhow::Result<Vec<Target>> {
    let mut targets = Vec::new();
    let mut wordings = 0;
    for (page, address) in linked(site, routes::BEGINNINGS)? {
        // A text is a text, and one wording of a mail is like another: they would only make the load lighter.
        wordings += u32::from(page.contains("/settings/mails/"));
        if page.starts_with("/help/") || (page.contains("/settings/mails/") && wordings > 1) {
            continue;
        }
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
    let import = format!("/manage/{PROGRAMME}/imports/{}", imports.first);
    let page = format!("/manage/{PROGRAMME}/imports/{{id}}");
    targets.push(Target::new(format!("{page} (first import)"), import.clone()));
    targets.push(Target::new(format!("{page}?kind=join&q"), format!("{import}?kind=join&q=mar")));
    for (place, row) in &imports.places {
        let address = format!("{import}?kind=join&after={row}");
        targets.push(Target::new(format!("{page}?kind=join&after (from “{place}”)"), address));
    }
    Ok(targets)
}
