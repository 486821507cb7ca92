//! *Initial Setup* and *Mapping* are saved, and found wanting.

use domain::{
    field::Field,
    setup::{Recipient, Step},
};
use engine::setup::{Basics, Choice};
use sandbox::Change;

use super::{actions, authorised, begun, by, choice, codes, live};
use crate::{
    bed::{Bed, CLIENT},
    both,
    people::people,
};

async fn a_set_up_is_begun_once_and_says_which_step_is_next(bed: Bed) {
    bed.employ_people(people(3));
    let (programme, integration) = begun(&bed).await;
    let again = bed.engine.begin_set_up(&programme, "personio", "other@acme.example", &by()).await.expect("found");
    assert_eq!(again, integration);
    let nobody = bed.engine.begin_set_up(&programme, "workday", "owner@acme.example", &by()).await;
    super::refuses(nobody, &["workday", "personio"]);

    let next = |bed: &Bed, integration: &store::Integration| {
        bed.engine.draft_of(integration).expect("a draft").next_step(integration.is_authorised())
    };
    assert_eq!(next(&bed, &integration), Step::InitialSetup);
    let basics = Basics::of(&bed.engine.draft_of(&integration).expect("a draft"));
    let basics = Basics { welcome_email: false, ..basics };
    bed.engine.save_basics(&integration, &basics, &by()).await.expect("saved");
    let integration = bed.engine.reload(&integration).await.expect("there");
    assert_eq!(next(&bed, &integration), Step::Authorize);
    let integration = authorised(&bed, &integration).await;
    assert_eq!(next(&bed, &integration), Step::Mapping);
    bed.engine.save_mapping(&integration, &choice(&[], &[]), &by()).await.expect("saved");
    assert_eq!(next(&bed, &bed.engine.reload(&integration).await.expect("there")), Step::Review);
    let expected = ["integration.begun", "integration.initial-setup", "integration.authorised", "integration.mapping"];
    assert_eq!(actions(&bed).await, expected);
}

async fn what_is_wrong_is_told_and_nothing_is_saved(bed: Bed) {
    bed.employ_people(people(3));
    let (_, integration) = begun(&bed).await;
    let before = bed.engine.draft_of(&integration).expect("a draft");
    let mut basics = Basics::of(&before);
    basics.recipients = vec![Recipient { address: "nobody".into(), failures_only: true }];
    basics.schedule.hour = 24;
    assert_eq!(codes(bed.engine.save_basics(&integration, &basics, &by()).await), ["not-an-address", "schedule"]);

    let integration = authorised(&bed, &integration).await;
    let mut wrong = choice(&[("shirt", "no_such_attribute")], &[""]);
    wrong.fields.insert(Field::Phone, "first_name".into());
    let codes = codes(bed.engine.save_mapping(&integration, &wrong, &by()).await);
    assert_eq!(codes, ["attribute-twice", "segment-value-empty", "attribute-not-shared"]);
    assert_eq!(bed.engine.draft_of(&bed.engine.reload(&integration).await.expect("there")).expect("a draft"), before);
}

/// R8: what people are judged by has to be shared; another attribute that went away may stay mapped.
async fn r8_what_people_are_judged_by_has_to_be_shared(bed: Bed) {
    bed.employ_people(people(3));
    let integration = live(&bed, &[("cost_centre", "dynamic_1830004")]).await;
    let fewer = ["id", "status", "email", "first_name", "last_name"];
    bed.sandbox.set_readable(CLIENT, Some(fewer)).expect("a company");
    let engine = bed.another_engine().await;
    let kept = choice(&[("cost_centre", "dynamic_1830004")], &[]);
    engine.save_mapping(&integration, &kept, &by()).await.expect("it may stay");
    let segment = choice(&[("cost_centre", "dynamic_1830004")], &["internal"]);
    assert_eq!(codes(engine.save_mapping(&integration, &segment, &by()).await), ["attribute-not-shared"]);
    let fewer = ["id", "status", "first_name", "last_name"];
    bed.sandbox.set_readable(CLIENT, Some(fewer)).expect("a company");
    let engine = bed.another_engine().await;
    assert_eq!(codes(engine.save_mapping(&integration, &kept, &by()).await), ["attribute-not-shared"]);
}

async fn settings_of_a_live_integration_wait_and_can_be_given_up(bed: Bed) {
    bed.employ_people(people(3));
    let integration = live(&bed, &[]).await;
    assert!(!bed.engine.has_draft(&integration).expect("readable"));
    let published = bed.engine.published_of(&integration).expect("readable").expect("published");
    // Saving what is in effect leaves nothing to wait.
    bed.engine.save_mapping(&integration, &Choice::of(&published), &by()).await.expect("saved");
    assert!(!bed.engine.has_draft(&bed.engine.reload(&integration).await.expect("there")).expect("readable"));

    bed.engine.save_mapping(&integration, &choice(&[], &["external"]), &by()).await.expect("saved");
    let waiting = bed.engine.reload(&integration).await.expect("there");
    assert!(bed.engine.has_draft(&waiting).expect("readable"));
    assert_eq!(bed.engine.published_of(&waiting).expect("readable"), Some(published));
    bed.change(1, &Change::set("last_name", "Else"));
    let report = bed.import().await;
    assert_eq!((report.counts.update, report.counts.leave), (1, 0), "imports go on with what is published");

    let now = bed.engine.discard_draft(&integration, &by()).await.expect("given up");
    assert!(!bed.engine.has_draft(&now).expect("readable"));
    assert!(actions(&bed).await.contains(&"integration.draft-discarded".to_owned()));
}

both!(
    a_set_up_is_begun_once_and_says_which_step_is_next,
    what_is_wrong_is_told_and_nothing_is_saved,
    r8_what_people_are_judged_by_has_to_be_shared,
    settings_of_a_live_integration_wait_and_can_be_given_up,
);
