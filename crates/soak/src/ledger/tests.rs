//! A ledger that finds nothing is worth something only if it finds what is there.

use serde_json::json;

use super::*;
use crate::facts::{Change, Mail, Member};

/// One import that made two members, invited both and was summed up.
fn good() -> Facts {
    let mut facts = Facts::default();
    let import = Import {
        programme: "acme".into(),
        integration: "g".into(),
        purpose: "apply".into(),
        state: "completed".into(),
        try_number: 1,
        counts: json!({ "join": 2 }),
        ..Import::default()
    };
    facts.imports.insert("i1".into(), import);
    for (position, member) in ["m1", "m2"].into_iter().enumerate() {
        facts.changes.push(Change {
            import: "i1".into(),
            try_number: 1,
            position: i64::try_from(position).unwrap(),
            kind: "join".into(),
            member: member.into(),
            welcome: true,
            skipped: false,
        });
        let row = Member { integration: "g".into(), state: "invited".into(), version: 1, ..Member::default() };
        facts.members.insert(member.into(), row);
        mail(&mut facts, &format!("w{member}"), "welcome", member);
    }
    mail(&mut facts, "s1", "import-summary", "");
    facts
}

fn mail(facts: &mut Facts, id: &str, kind: &str, member: &str) {
    let mail = Mail {
        kind: kind.into(),
        member: member.into(),
        import: "i1".into(),
        recipient: if member.is_empty() { "owner" } else { "" }.into(),
        state: "sent".into(),
        ..Mail::default()
    };
    facts.mails.insert(id.into(), mail);
}

fn all_arrived(facts: &Facts) -> BTreeMap<String, usize> {
    facts.mails.keys().map(|id| (id.clone(), 1)).collect()
}

/// What is found, by the beginnings of the promises.
fn found(change: impl FnOnce(&mut Facts)) -> Vec<&'static str> {
    let (mut facts, mut ledger) = (good(), Ledger::new());
    assert_eq!(ledger.look_when_quiet(&facts, &all_arrived(&facts)), []);
    let arrived = all_arrived(&facts);
    change(&mut facts);
    let mut promises: Vec<_> = ledger.look_when_quiet(&facts, &arrived).iter().map(|broken| broken.promise).collect();
    promises.dedup();
    promises
}

fn import(facts: &mut Facts) -> &mut Import {
    facts.imports.get_mut("i1").unwrap()
}

#[test]
fn what_is_lost_is_found() {
    let lost = "nothing is lost and nothing made twice (R54)";
    assert_eq!(found(|facts| drop(facts.members.remove("m1"))), [lost]);
    assert_eq!(found(|facts| drop(facts.mails.remove("wm1"))), ["one invitation a joining (R32, R50)"]);
    assert_eq!(found(|facts| drop(facts.mails.remove("s1"))), ["each import is summed up (R51)"]);
    let gone = found(|facts| drop(facts.imports.remove("i1")));
    assert!(gone.contains(&"the history is complete (R53)"), "{gone:?}");
    assert_eq!(found(|facts| mail(facts, "w3", "reopened", "m1")), ["what is noted as sent arrived (R50)"]);
    let cancelled = |may_have_gone| {
        found(|facts| {
            let welcome = facts.mails.get_mut("wm1").unwrap();
            (welcome.state, welcome.may_have_gone) = ("cancelled".into(), may_have_gone);
        })
    };
    assert_eq!(cancelled(false), ["what is noted as sent arrived (R50)"]);
    assert_eq!(cancelled(true), [""; 0], "the page says that it may have arrived");
}

#[test]
fn what_is_made_twice_is_found() {
    let twice = "nothing is lost and nothing made twice (R54)";
    assert_eq!(found(|facts| facts.members.get_mut("m1").unwrap().version = 2), [twice]);
    let added = found(|facts| drop(facts.members.insert("m3".into(), facts.members["m1"].clone())));
    assert_eq!(added, [twice]);
    assert!(
        found(|facts| mail(facts, "s2", "import-summary", "")).contains(&"each mail is written once (R50, R51, R62)")
    );
    assert!(found(|facts| mail(facts, "w3", "welcome", "m1")).contains(&"one invitation a joining (R32, R50)"));
    let (facts, ledger) = (good(), Ledger::new());
    let mut arrived = all_arrived(&facts);
    *arrived.get_mut("wm1").unwrap() = 2;
    assert_eq!(ledger.look_at_post(&facts, &arrived, 1), []);
    assert_eq!(ledger.look_at_post(&facts, &arrived, 0).len(), 1);
    arrived.insert("unknown".into(), 1);
    assert_eq!(ledger.look_at_post(&facts, &arrived, 1).len(), 1);
}

#[test]
fn what_is_left_lying_about_or_does_not_add_up_is_found() {
    assert_eq!(found(|facts| facts.leases.push(("acme".into(), "delivery".into()))), ["leases are given up"]);
    let miscount = "member of acme, active: 1 more than there are";
    assert_eq!(found(|facts| facts.miscounts.push(miscount.into())), ["pages tell how many there are"]);
    let effects = "what a plan counts is what it did (R30, R53)";
    assert!(found(|facts| import(facts).counts = json!({ "join": 3 })).contains(&effects));
    assert!(found(|facts| import(facts).state = "applying".into()).contains(&"imports come to an end (R54)"));
    let second = |facts: &mut Facts, state: &str| {
        for id in ["i2", "i3"] {
            let import = Import { integration: "g".into(), state: state.into(), ..Import::default() };
            facts.imports.insert(id.into(), import);
        }
    };
    assert!(found(|facts| second(facts, "reading")).contains(&"one import at a time (R39)"));
    assert_eq!(found(|facts| second(facts, "on-hold")), ["a newer plan takes the place of one on hold (R46)"]);
}

#[test]
fn a_plan_that_is_half_applied_is_half_in_effect() {
    let mut facts = good();
    import(&mut facts).state = "applying".into();
    facts.members.remove("m2");
    facts.mails.remove("wm2");
    facts.mails.remove("s1");
    assert_eq!(Ledger::new().look(&facts), []);
    import(&mut facts).cursor = 1;
    assert_eq!(Ledger::new().look(&facts).len(), 2);
}
