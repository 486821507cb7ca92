//! A new key in the place of the present one.

use domain::event::Event;
use domain::import::Purpose;
use engine::{Actor, EngineError, KeyError, SecretKey, administrators::SignIn, site::InvitationState};

use crate::{
    administrators::{OWNER, PASSWORD, origin, signed_in},
    bed::Bed,
    both,
    site::ADA,
};

both!(
    everything_that_was_sealed_opens_with_the_new_key_alone,
    links_codes_and_letters_of_before_go_on_working,
    what_was_interrupted_is_gone_on_with,
    a_key_in_the_environment_is_not_ours_to_change,
);

fn digits(digit: char) -> String {
    digit.to_string().repeat(64)
}

fn key(digit: char) -> SecretKey {
    SecretKey::parse(&digits(digit), "a test").expect("a key")
}

impl Bed {
    /// Puts the key of eights in the place of the bed's own, and goes on with that alone.
    async fn rotate(&mut self) {
        let both = key('8').with_older(&digits('7'), "a test").expect("keys");
        let rotated = self.engine_with(both).await.rotate_key(&Actor::command()).await.expect("rotated");
        assert!(rotated.sealed > 0 && rotated.unreadable.is_empty() && rotated.old_in_environment, "{rotated:?}");
        self.engine = self.engine_with(key('8')).await;
        let (all, shut) = self.engine.check_key().await.expect("asked");
        assert!(all > 0 && shut == 0, "{shut} of {all} cannot be opened");
    }
}

async fn everything_that_was_sealed_opens_with_the_new_key_alone(mut bed: Bed) {
    let (signed, programme) = bed.first_owner().await;
    let (offer, codes) = bed.with_second_factor(&signed).await;
    bed.with_invited().await;
    let (acme, _) = bed.integration().await;
    let kinds = std::collections::BTreeSet::from([Event::Joined]);
    bed.engine.subscribe(&acme, "https://hooks.example/x", &kinds, &Actor::command()).await.expect("subscribed");
    bed.rotate().await;

    assert_ne!(bed.try_import(Purpose::Apply).await.expect("the credentials open").counts.read, 0);
    for code in [bed.code(&offer, 0), codes[2].clone()] {
        let SignIn::SecondFactor(half) = bed.try_sign_in(OWNER, PASSWORD).await else { panic!("it is still on") };
        signed_in(bed.engine.second_factor(half.as_str(), &code, &origin()).await.expect("an answer"));
    }
    assert_eq!(bed.deeds(&programme).await.iter().filter(|(action, ..)| action == "key.rotated").count(), 1);
    let old = bed.engine_with(key('7')).await;
    let (all, shut) = old.check_key().await.expect("asked");
    assert_eq!(all, shut, "the old key opens nothing any more");
}

/// R32, R50
async fn links_codes_and_letters_of_before_go_on_working(mut bed: Bed) {
    let programme = bed.with_invited().await;
    let before = bed.invitation(ADA).await;
    let letters = bed.engine.print_letters(&programme, &Actor::command()).await.expect("letters");
    bed.rotate().await;

    assert!(matches!(bed.invitation_state(&before).await, InvitationState::Valid(_)));
    let again = bed.engine.print_letters(&programme, &Actor::command()).await.expect("letters");
    assert_eq!(
        again.iter().map(|one| &one.code).collect::<Vec<_>>(),
        letters.iter().map(|one| &one.code).collect::<Vec<_>>()
    );
    let redeemed = bed.engine.redeem_code(&programme, &letters[0].code, &origin()).await.expect("an answer");
    assert!(matches!(bed.invitation_state(&redeemed.expect("it works")).await, InvitationState::Valid(_)));
    bed.come_in(&before).await;
}

/// Killed after the new key was put into the file: the next run takes no third one.
async fn what_was_interrupted_is_gone_on_with(bed: Bed) {
    bed.set_up("").await;
    let file = bed.place.path().join("secret.key");
    std::fs::write(&file, format!("{}\n{}\n", digits('8'), digits('7'))).expect("written");
    let key = SecretKey::in_file(&file, &*bed.world).expect("keys");
    let engine = bed.engine_with(key).await;
    let rotated = engine.rotate_key(&Actor::command()).await.expect("rotated");
    assert_eq!((rotated.sealed > 0, rotated.old_in_environment), (true, false));
    assert_eq!(std::fs::read_to_string(&file).expect("read").trim(), digits('8'));

    // Whoever has it open needs no restart; another change takes another key.
    assert_eq!(engine.check_key().await.expect("asked").1, 0);
    engine.rotate_key(&Actor::command()).await.expect("rotated");
    let now = std::fs::read_to_string(&file).expect("read");
    assert!(now.trim() != digits('8') && now.trim().len() == 64, "one key, another one");
    assert_eq!(engine.check_key().await.expect("asked").1, 0);
}

async fn a_key_in_the_environment_is_not_ours_to_change(bed: Bed) {
    let refused = bed.engine.rotate_key(&Actor::command()).await;
    assert!(matches!(refused, Err(EngineError::Key(KeyError::InEnvironment))), "{refused:?}");
}
