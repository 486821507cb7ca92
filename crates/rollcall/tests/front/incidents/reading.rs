//! Incidents 1 to 6: what the source answers is not the whole truth.

use sandbox::{Fault, FaultKind, Knobs, OverLimit, Shift};

use crate::world::{CLIENT_ID, World, both};

both! {
    incident_01_the_directory_is_down_and_nobody_is_removed,
    incident_02_half_an_answer_removes_nobody,
    incident_03_an_edited_filter_closes_no_account_by_itself,
    incident_04_pages_shift_while_they_are_read_and_nobody_leaves,
    incident_05_a_smaller_page_than_asked_for_loses_nobody,
    incident_06_an_error_in_a_good_answer_is_an_error,
}

/// Two pages of members.
fn company(world: &World) {
    world.hire_crowd(1..=150);
    world.apply(&world.set_up());
    let report = world.import().completed();
    assert_eq!((report.read, report.join), (150, 150));
}

/// R1, R42: whatever an outage looks like, the import fails, and nothing has changed.
fn incident_01_the_directory_is_down_and_nobody_is_removed(world: &World) {
    company(world);
    let before = world.run(&["members", "acme"]).out;
    let outages = [
        FaultKind::Empty,
        FaultKind::Status { status: 503, retry_after: None },
        FaultKind::Html,
        FaultKind::Cut,
        FaultKind::Hang { within: true },
    ];
    for outage in outages {
        world.fault(outage.clone());
        let report = world.import().failed();
        assert_eq!(world.run(&["members", "acme"]).out, before, "{outage:?}");
        world.run(&["imports", "approve", &report.import]).refuses(&["not on hold"]);
        world.no_faults();
    }
    assert_eq!(world.import().quiet().unchanged, 150);
}

/// R1, R40, R42: half the people never makes leavers of the others.
fn incident_02_half_an_answer_removes_nobody(world: &World) {
    company(world);
    let before = world.snapshot();
    world.fault(FaultKind::Half { truthful: true });
    let report = world.import().held(&["R40", "R41"]);
    assert_eq!((report.read, report.leave), (75, 75));
    world.no_faults();
    world.fault(FaultKind::Half { truthful: false });
    world.import().failed();
    world.no_faults();
    world.delete(1..=100);
    let report = world.import().held(&["R40", "R41", "R42"]);
    assert_eq!((report.read, report.leave), (50, 100));
    assert_eq!(world.snapshot().0, before.0);
}

/// R21, R40, R45: the preview names whom a filter would shut out, and nothing is in effect before their number
/// is typed.
fn incident_03_an_edited_filter_closes_no_account_by_itself(world: &World) {
    company(world);
    world.change(7, "employment_type", "external");
    let before = world.run(&["members", "acme"]).out;
    let refused = world.try_apply(&world.set_up().segment("employment_type", "include", &["external"]));
    refused.refuses(&["149 leavers"]);
    assert!(refused.out.contains("Crowd b Member b (1): outside the segment (employment_type)"), "{}", refused.out);
    assert_eq!(world.import().completed().leave, 0);

    let preview = world.dry_run().held(&["R40", "R41"]);
    assert_eq!((preview.leave, preview.unchanged), (149, 1));
    let leavers = world.changes(&preview).into_iter().filter(|change| change["kind"] == "leave");
    assert!(leavers.clone().all(|change| change["reason"] == "outside-segment:employment_type"));
    assert!(leavers.clone().any(|change| change["name"] == "Crowd bfa Member bfa"));
    assert_eq!(leavers.count(), 149);

    world.apply(&world.set_up());
    world.import().quiet();
    assert_eq!(world.run(&["members", "acme"]).out, before);
}

/// R2: nobody is taken for a leaver because they slipped between two pages, be the total told
/// right or wrong, for one read or for all.
fn incident_04_pages_shift_while_they_are_read_and_nobody_leaves(world: &World) {
    company(world);
    let states = world.states();
    // Strangers whom a shifted list shows may join, and leave again; nobody of the company does.
    let all_are_there = |when: &str| {
        let now = world.states();
        assert!(states.iter().all(|member| now.contains(member)), "{when}: {now:?}");
    };
    for how in [Shift::InsertFront, Shift::DeleteFront, Shift::Rotate] {
        for same_total in [false, true] {
            let unseen = (how, same_total) == (Shift::DeleteFront, true);
            let moves = how != Shift::Rotate && !same_total;
            let shift = Fault::new(FaultKind::Shift { after: 1, how, same_total });
            let mut shifts = vec![shift.clone().reads(1)];
            // Where each read misses the same one, and nothing else shows it, they are gone by any rule.
            shifts.extend((!unseen).then(|| shift.clone().reads(2)));
            shifts.extend(moves.then_some(shift));
            for shift in shifts {
                world.add_fault(shift.clone());
                world.import().completed();
                world.no_faults();
                all_are_there(&format!("{shift:?}"));
            }
        }
    }
}

/// R6: the page size that counts is the one that the source answers with.
fn incident_05_a_smaller_page_than_asked_for_loses_nobody(world: &World) {
    world.hire_crowd(1..=150);
    world.apply(&world.set_up());
    world.fault(FaultKind::Cap { limit: 40, admitted: false });
    let report = world.import();
    assert!(report.state == "failed" || report.join == 150, "{report:#?}");
    world.no_faults();
    for over_limit in [OverLimit::ClampSilently, OverLimit::Clamp] {
        let company = world.company(|company| company.clone());
        let knobs = Knobs { max_limit: 30, over_limit, ..Knobs::default().unlimited() };
        world.sandbox.add_company_with(CLIENT_ID, crate::world::CLIENT_SECRET, company, knobs);
        let report = world.import().completed();
        assert_eq!((report.read, report.leave), (150, 0), "{over_limit:?}");
    }
    assert_eq!(world.members().len(), 150);
}

/// R1: HTTP 200 with an error inside, on any page, is a failure.
fn incident_06_an_error_in_a_good_answer_is_an_error(world: &World) {
    company(world);
    let before = world.run(&["members", "acme"]).out;
    for page in [1, 2] {
        for kind in [FaultKind::ErrorWithin, FaultKind::Unreadable, FaultKind::SamePage, FaultKind::NoMetadata] {
            if (page, &kind) == (1, &FaultKind::SamePage) {
                continue;
            }
            world.add_fault(Fault::new(kind.clone()).page(page));
            let report = world.import();
            assert_eq!(report.state, "failed", "{kind:?} on page {page}: {report:#?}");
            assert_eq!(world.run(&["members", "acme"]).out, before);
            world.no_faults();
        }
    }
}
