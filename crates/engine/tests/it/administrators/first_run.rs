use domain::roles::Role;
use engine::administrators::{FirstRun, LinkState};
use jiff::SignedDuration;

use super::{entries, flaws, origin, token_in};
use crate::{bed::Bed, both};

async fn the_first_run_makes_an_owner_who_is_signed_in(bed: Bed) {
    let link = bed.engine.first_run_link().await.expect("asked").expect("a link");
    assert!(link.starts_with("https://rewards.acme.example/first-run/"), "{link}");
    let token = token_in(&link);
    assert_eq!(bed.engine.first_run_state(&token).await.expect("a state"), LinkState::Valid(()));
    assert_eq!(bed.engine.first_run_state("another").await.expect("a state"), LinkState::Unknown);
    let session = bed.engine.first_run(&token, &entries(), &origin()).await.expect("a first run");
    let signed = bed.signed(&session).await;
    assert_eq!((&*signed.administrator.name, &*signed.administrator.email), ("Ada Lovelace", "ada@acme.example"));
    let place = signed.place("harbour-sohne").expect("the programme");
    assert_eq!((place.role, &*place.programme.name), (Role::Owner, "Harbour & Söhne"));
    assert_eq!(bed.engine.first_run_link().await.expect("asked"), None);
    assert_eq!(bed.engine.first_run_state(&token).await.expect("a state"), LinkState::Used);
    let again = FirstRun { email: "eve@acme.example".into(), ..entries() };
    assert_eq!(flaws(bed.engine.first_run(&token, &again, &origin()).await), [("link", "link-used")]);
}

async fn a_first_run_link_works_for_half_an_hour(bed: Bed) {
    let link = bed.engine.first_run_link().await.expect("asked").expect("a link");
    bed.pass(SignedDuration::from_mins(30));
    assert_eq!(bed.engine.first_run_state(&token_in(&link)).await.expect("a state"), LinkState::Expired);
    let tried = bed.engine.first_run(&token_in(&link), &entries(), &origin()).await;
    assert_eq!(flaws(tried), [("link", "link-expired")]);
    bed.first_owner().await;
}

async fn all_that_is_wrong_is_told_beside_its_field(bed: Bed) {
    let link = bed.engine.first_run_link().await.expect("asked").expect("a link");
    let wrong = FirstRun {
        programme: " ".into(),
        slug: Some("Grün".into()),
        time_zone: "Mars/Base".into(),
        name: "A\nB".into(),
        email: "ada@acme".into(),
        password: "password1234".into(),
        ..entries()
    };
    let expected = [
        ("programme", "missing"),
        ("slug", "slug-invalid"),
        ("time_zone", "time-zone-unknown"),
        ("name", "control-character"),
        ("email", "email-invalid"),
        ("password", "password-common"),
    ];
    assert_eq!(flaws(bed.engine.first_run(&token_in(&link), &wrong, &origin()).await), expected);
    for (password, code) in [
        ("short", "password-too-short"),
        ("Ada.Lovelace.1", "password-like-person"),
        ("harbour-söhne", "password-like-programme"),
        ("", "missing"),
    ] {
        let wrong = FirstRun { password: password.into(), ..entries() };
        let tried = bed.engine.first_run(&token_in(&link), &wrong, &origin()).await;
        assert_eq!(flaws(tried), [("password", code)]);
    }
    // The link was not used up by any of it.
    bed.engine.first_run(&token_in(&link), &entries(), &origin()).await.expect("a first run");
}

async fn a_programme_that_was_set_up_by_command_is_taken_over(bed: Bed) {
    bed.set_up("").await;
    let (programme, _) = bed.integration().await;
    let link = bed.engine.first_run_link().await.expect("asked").expect("a link");
    let entries = FirstRun { programme: "ACME!".into(), ..entries() };
    let token = bed.engine.first_run(&token_in(&link), &entries, &origin()).await.expect("a first run");
    assert_eq!(bed.signed(&token).await.places[0].programme, programme);
}

async fn two_first_runs_at_once_make_one_administrator(bed: Bed) {
    let other = bed.another_engine().await;
    let links = [
        bed.engine.first_run_link().await.expect("asked").expect("a link"),
        other.first_run_link().await.expect("asked").expect("each node prints its own"),
    ];
    let (eve, here) = (FirstRun { email: "eve@acme.example".into(), ..entries() }, origin());
    let (one, two) = (token_in(&links[0]), token_in(&links[1]));
    let ada = entries();
    let (one, two) = tokio::join!(bed.engine.first_run(&one, &ada, &here), other.first_run(&two, &eve, &here));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

both!(
    the_first_run_makes_an_owner_who_is_signed_in,
    a_first_run_link_works_for_half_an_hour,
    all_that_is_wrong_is_told_beside_its_field,
    a_programme_that_was_set_up_by_command_is_taken_over,
    two_first_runs_at_once_make_one_administrator,
);
