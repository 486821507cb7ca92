//! Random months of a small company in which everything that can collide does, and what people do by hand in them.

use proptest::prelude::*;
use sandbox::Change;

/// One record, from pools so small that people meet: the same IDs, addresses and names again.
#[derive(Debug, Clone)]
pub(super) struct Spec {
    id: i64,
    email: Option<&'static str>,
    first: &'static str,
    last: &'static str,
    birth: Option<&'static str>,
    status: &'static str,
    kind: Option<&'static str>,
    department: Option<&'static str>,
}

fn spec() -> impl Strategy<Value = Spec> {
    let email = prop_oneof![
        12 => prop::sample::select(vec![
            "a@acme.example", "b@acme.example", "c@acme.example", "d@acme.example", "e@acme.example",
            "f@acme.example", "g@acme.example", "h@acme.example", "A@ACME.example",
        ]).prop_map(Some),
        1 => prop::sample::select(vec!["", "not an address", "a@acme.example_1a2b3"]).prop_map(Some),
        1 => Just(None),
    ];
    let status = prop_oneof![
        10 => Just("active"), 2 => Just("leave"), 4 => Just("inactive"), 1 => Just("onboarding"), 1 => Just("odd"),
    ];
    let kind = prop_oneof![
        12 => Just(Some("internal")), 2 => Just(Some("external")), 1 => Just(Some("")), 1 => Just(None),
    ];
    (
        1_i64..9,
        email,
        prop::sample::select(vec!["Ada", "Bela", "Béla", "<Cleo>"]),
        prop::sample::select(vec!["Adamski", "Brandt", "Cech"]),
        prop::sample::select(vec![None, Some("1990-01-02"), Some("1991-03-04"), Some("soon")]),
        status,
        kind,
        prop::sample::select(vec![None, Some(""), Some("Sales"), Some("IT")]),
    )
        .prop_map(|(id, email, first, last, birth, status, kind, department)| Spec {
            id,
            email,
            first,
            last,
            birth,
            status,
            kind,
            department,
        })
}

impl Spec {
    pub(super) fn change(&self) -> Change {
        let mut change = Change::set("id", self.id)
            .and("first_name", self.first)
            .and("last_name", self.last)
            .and("status", self.status);
        change.raw.insert("dynamic_1830002".into(), self.birth.into());
        match self.email {
            Some(email) => drop(change.raw.insert("email".into(), email.into())),
            None => change.absent.push("email".into()),
        }
        match self.kind {
            Some(kind) => drop(change.raw.insert("employment_type".into(), kind.into())),
            None => change.absent.push("employment_type".into()),
        }
        match self.department {
            Some(department) => drop(change.raw.insert("department".into(), department.into())),
            None => change.absent.push("department".into()),
        }
        change
    }
}

/// Who is there in a month, and what is done by hand in it.
pub(super) type Month = (Vec<Spec>, Option<Reply>, Option<Hand>, Option<(usize, Wish)>);

/// Some months of a company: each is whoever is there then. Now and then an administrator answers, and somebody
/// closes their account.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub(super) months: Vec<Month>,
    pub(super) by_hand: Vec<(&'static str, &'static str, &'static str)>,
}

/// What becomes of somebody's wish to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Pending,
    Closed,
    /// They wish to return afterwards.
    Back,
}

/// What an administrator answers to the first question of a month.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reply {
    New,
    Same,
    /// The same as some other member.
    SameAs(usize),
}

/// What an administrator does to a member, or about an employee ID, before a month's import. Members are counted
/// from some number on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hand {
    Exclude(usize),
    ExcludeId(i64),
    Lift,
    /// Locked in until so many days from today; a lock that has ended holds no longer.
    Lock(usize, i64),
    Unlock(usize),
    Leave(usize),
    Reopen(usize),
    LetGo(usize),
}

pub(super) fn story() -> impl Strategy<Value = Story> {
    let by_hand = (
        prop::sample::select(vec!["a@acme.example", "b@acme.example", "c@acme.example"]),
        prop::sample::select(vec!["Ada", "Bela"]),
        prop::sample::select(vec!["Adamski", "Brandt"]),
    );
    let reply = prop_oneof![Just(Reply::New), Just(Reply::Same), (0_usize..4).prop_map(Reply::SameAs)];
    let one = 0_usize..8;
    let hand = prop_oneof![
        3 => one.clone().prop_map(Hand::Exclude),
        1 => (1_i64..9).prop_map(Hand::ExcludeId),
        1 => Just(Hand::Lift),
        3 => (one.clone(), prop::sample::select(vec![0, 90])).prop_map(|(one, days)| Hand::Lock(one, days)),
        1 => one.clone().prop_map(Hand::Unlock),
        2 => one.clone().prop_map(Hand::Leave),
        2 => one.clone().prop_map(Hand::Reopen),
        1 => one.prop_map(Hand::LetGo),
    ];
    let hand = prop::option::of(hand);
    let wish = (0_usize..6, prop::sample::select(vec![Wish::Pending, Wish::Closed, Wish::Back]));
    let wish = prop::option::weighted(0.3, wish);
    let month = (prop::collection::vec(spec(), 1..10), prop::option::of(reply), hand, wish);
    let months = prop::collection::vec(month, 2..5);
    (months, prop::collection::vec(by_hand, 0..2)).prop_map(|(months, by_hand)| Story { months, by_hand })
}
