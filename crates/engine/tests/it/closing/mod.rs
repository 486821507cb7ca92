//! Leavers on their way to the closed account, over months (R37, R38, R55, R60–R63).

pub(crate) mod erasing;
mod months;
mod notices;
mod wishes;

use domain::member::State;
use jiff::SignedDuration;
use sandbox::Change;

use crate::bed::Bed;

/// Somebody of the company.
pub(crate) fn person(id: i64, email: &str) -> Change {
    Change::set("id", id)
        .and("email", email)
        .and("first_name", "Ada")
        .and("last_name", "Brandt")
        .and("status", "active")
}

/// Two members; Ada is active, has a private address, and has left just now. It is seven in the morning in Berlin.
async fn ada_leaves(bed: &Bed) {
    bed.employ_people([
        person(1, "ada@acme.example").and("dynamic_1830001", "ada@home.example"),
        person(2, "bela@acme.example").and("first_name", "Bela").and("last_name", "Cech"),
    ]);
    bed.set_up("contract_start_date = \"hire_date\"\n[guard]\nleavers_count = 10\njoiners_count = 1000\n").await;
    bed.import().await;
    bed.sql("UPDATE members SET state = 'active'").await;
    bed.sql("UPDATE outbox SET state = 'sent'").await;
    bed.pass(SignedDuration::from_secs(3_600));
    bed.change(1, &Change::set("status", "inactive"));
    bed.import().await;
    assert_eq!(bed.member("1").await.state, State::Leaver);
}

fn hours(number: i64) -> SignedDuration {
    SignedDuration::from_hours(number)
}

pub(crate) fn days(number: i64) -> SignedDuration {
    hours(number * 24)
}

/// Looks every six hours for so many days; notices are delivered at once.
pub(crate) async fn live(bed: &Bed, number: i64) {
    for _ in 0..number * 4 {
        bed.pass(hours(6));
        look(bed).await;
    }
}

async fn look(bed: &Bed) -> engine::ClosingDone {
    let done = bed.engine.close_down().await.expect("a look");
    bed.engine.deliver().await.expect("delivered");
    done
}

/// Kinds of the mails to members other than invitations, in order.
async fn told(bed: &Bed) -> Vec<String> {
    let kinds = bed.mails().await.into_iter().map(|(kind, ..)| kind);
    kinds.filter(|kind| ["leaver-notice", "leaver-reminder", "closed", "reopened"].contains(&&**kind)).collect()
}
