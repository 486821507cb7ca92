//! Members: looked up and listed, one with everything that is known of them, and what can be done about one.

mod act;
mod columns;
mod edit;
mod file;
mod kept_out;
mod list;
mod row;
mod show;
mod story;
mod upload;
mod upload_plan;

use domain::{
    ids::MemberId,
    member::{Member, State},
    names,
    roles::Action,
};
use store::members::Listed;
use uuid::Uuid;

use crate::{
    access::Manager,
    failure::Failure,
    routes::{Access, Route, get, post},
    tell::{self, Badge},
    words::Words,
};

/// How much an upload may hold, in bytes, as a form sends it.
const LARGEST_UPLOAD: usize = 64 * 1024 * 1024;

pub(super) fn routes() -> Vec<Route> {
    let (see, manage) = (Access::May(Action::SeeMembers), Access::May(Action::ManageMembers));
    vec![
        get("/manage/{programme}/members", see, list::show),
        get("/manage/{programme}/members.csv", see, file::members),
        get("/manage/{programme}/members/new", manage, edit::new),
        post("/manage/{programme}/members", manage, edit::add),
        post("/manage/{programme}/members/columns", see, columns::choose),
        get("/manage/{programme}/members/exclusions", see, kept_out::show),
        post("/manage/{programme}/members/exclusions", manage, kept_out::exclude),
        post("/manage/{programme}/members/exclusions/{exclusion}/lift", manage, kept_out::lift),
        get("/manage/{programme}/members/upload", manage, upload::new),
        post("/manage/{programme}/members/upload", manage, upload::hand_in).holding(LARGEST_UPLOAD),
        get("/manage/{programme}/members/upload/template.csv", manage, upload::template),
        get("/manage/{programme}/members/upload/{upload}", manage, upload_plan::show),
        post("/manage/{programme}/members/upload/{upload}", manage, upload_plan::apply),
        post("/manage/{programme}/members/upload/{upload}/discard", manage, upload_plan::discard),
        post("/manage/{programme}/members/upload/{upload}/lines/{line}", manage, upload_plan::answer),
        get("/manage/{programme}/members/upload/{upload}/errors.csv", manage, upload_plan::errors),
        get("/manage/{programme}/members/upload/{upload}/warnings.csv", manage, upload_plan::warnings),
        get("/manage/{programme}/members/{member}", see, show::show),
        get("/manage/{programme}/members/{member}/edit", manage, edit::show),
        post("/manage/{programme}/members/{member}/edit", manage, edit::save),
        get("/manage/{programme}/members/{member}/{act}", manage, act::ask),
        post("/manage/{programme}/members/{member}/{act}", manage, act::act),
    ]
}

/// A member of the manager's programme by the number in the address.
async fn found(manager: &Manager, id: &str) -> Result<Listed, Failure> {
    let id = Uuid::try_parse(id).map_err(|_| Failure::not_found())?;
    Ok(manager.web.engine.member(manager.programme.number(), MemberId(id)).await?)
}

/// The name for people; what else there is where nobody gave one.
fn called(words: Words, member: &Member) -> String {
    let name = names::display(&member.fields);
    let address = || member.fields.get(&domain::field::Field::Email).cloned();
    let id = || member.employee_id.clone();
    Some(name).filter(|name| !name.is_empty()).or_else(address).or_else(id).unwrap_or_else(|| {
        words.t(if member.state == State::Closed { "member-erased" } else { "people-no-name" }).to_string()
    })
}

/// Where a member stands; of a leaver, on which of their days.
fn standing(manager: &Manager, listed: &Listed, close_day: u32) -> Badge {
    let left = listed.left_at.filter(|_| listed.member.state == State::Leaver);
    let day = left.map(|left| (manager.clock.days_since(left), close_day));
    tell::of_member(manager.words, listed.member.state, day)
}

/// After how many days a leaver's account is closed.
fn close_day(manager: &Manager) -> Result<u32, Failure> {
    Ok(manager.web.engine.programme_settings(&manager.programme)?.close_down.close_day)
}
