use super::*;
use crate::{eligibility::Rule, record::AttributeType};

fn from(key: &str) -> MappedAttribute {
    MappedAttribute { key: key.into(), kind: AttributeType::Text }
}

fn draft() -> Draft {
    let mut draft = Draft::new("id");
    draft.mapping.insert(Field::Email, from("email"));
    draft.mapping.insert(Field::FirstName, from("first_name"));
    draft
}

fn codes(mistakes: &[Mistake]) -> Vec<(String, &'static str)> {
    mistakes.iter().map(|mistake| (mistake.place.to_string(), mistake.flaw.code())).collect()
}

fn one(mistakes: &[Mistake]) -> (String, &'static str) {
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    codes(mistakes).remove(0)
}

#[test]
fn a_plain_draft_is_in_order() {
    assert_eq!(draft().check(None), []);
    let rules = draft().rules("status");
    assert_eq!(draft().check(Some(Published { rules: &rules, was_revoked: false })), []);
}

#[test]
fn each_attribute_feeds_one_field() {
    let mut draft = draft();
    draft.mapping.insert(Field::LastName, from("first_name"));
    assert_eq!(one(&draft.check(None)), ("[mapping] last_name".into(), "attribute-twice"));
    draft.mapping.insert(Field::LastName, from("id"));
    assert_eq!(one(&draft.check(None)), ("[mapping] last_name".into(), "attribute-twice"));
    draft.mapping.insert(Field::LastName, from(" "));
    assert_eq!(one(&draft.check(None)), ("[mapping] last_name".into(), "attribute-missing"));
}

#[test]
fn nobody_is_a_member_without_an_address() {
    let mut draft = draft();
    draft.mapping.remove(&Field::Email);
    assert_eq!(one(&draft.check(None)), ("[mapping] email".into(), "not-mapped"));
}

#[test]
fn r10_the_identity_stays_once_members_are_known_by_it() {
    let rules = draft().rules("status");
    let other = Draft { employee_id: "dynamic_1".into(), ..draft() };
    assert_eq!(other.check(None), []);
    let published = Published { rules: &rules, was_revoked: true };
    assert_eq!(one(&other.check(Some(published))), ("[mapping] employee_id".into(), "employee-id-fixed"));
}

#[test]
fn ten_custom_fields_and_no_more_with_names_of_their_own() {
    let mut draft = draft();
    for number in 0..10 {
        draft.mapping.insert(Field::custom(&format!("field_{number}")), from(&format!("dynamic_{number}")));
    }
    assert_eq!(draft.check(None), []);
    draft.mapping.insert(Field::custom("one_more"), from("dynamic_more"));
    assert_eq!(one(&draft.check(None)), ("[custom_fields]".into(), "too-many-custom-fields"));
    let mut draft = self::draft();
    draft.mapping.insert(Field::custom("Cost centre"), from("a"));
    draft.mapping.insert(Field::custom("status"), from("b"));
    let names =
        [("[custom_fields] Cost centre", "custom-field-name"), ("[custom_fields] status", "custom-field-standard")];
    assert_eq!(codes(&draft.check(None)), names.map(|(place, code)| (place.to_owned(), code)));
}

#[test]
fn published_custom_fields_change_only_after_revoking() {
    let rules = draft().rules("status");
    let mut draft = draft();
    draft.mapping.insert(Field::custom("shirt"), from("dynamic_1"));
    let published = |was_revoked| Some(Published { rules: &rules, was_revoked });
    assert_eq!(one(&draft.check(published(false))), ("[custom_fields]".into(), "custom-fields-fixed"));
    assert_eq!(draft.check(published(true)), []);
    // The other fields are free.
    let mut draft = self::draft();
    draft.mapping.insert(Field::Phone, from("dynamic_1"));
    assert_eq!(draft.check(published(false)), []);
}

#[test]
fn r21_a_row_of_the_segment_names_an_attribute_and_values() {
    let row = |attribute: &str, values: &[&str]| SegmentRow {
        attribute: attribute.into(),
        rule: Rule::Include,
        values: values.iter().map(ToString::to_string).collect(),
    };
    let segment = vec![row("a", &["b"]), row("", &["b"]), row("a", &[]), row("a", &["b", " "])];
    let expected = [(1, "segment-row-empty"), (2, "segment-row-empty"), (3, "segment-value-empty")];
    let expected = expected.map(|(row, code)| (Place::Segment(row).to_string(), code));
    assert_eq!(codes(&Draft { segment, ..draft() }.check(None)), expected);
}

#[test]
fn who_is_told_can_be_written_to_and_is_told_once() {
    let to = |address: &str| Recipient { address: address.into(), failures_only: false };
    let recipients = vec![to("a@acme.example"), to("nobody"), to("A@acme.example")];
    let codes = codes(&Draft { recipients, ..draft() }.check(None));
    assert_eq!(codes.iter().map(|(_, code)| *code).collect::<Vec<_>>(), ["not-an-address", "recipient-twice"]);
    let no_mailbox_domains = vec!["a@b.example".into()];
    let domains = Draft { no_mailbox_domains, ..draft() };
    assert_eq!(one(&domains.check(None)).1, "not-a-domain");
}

#[test]
fn a_share_is_no_more_than_everybody() {
    let guard = Thresholds { leavers_percent: 101, joiners_percent: 2_000, ..Thresholds::default() };
    assert_eq!(one(&Draft { guard, ..draft() }.check(None)), ("[guard] leavers_percent".into(), "share-too-large"));
}

#[test]
fn the_steps_come_one_after_the_other() {
    let mut draft = draft();
    assert_eq!(draft.next_step(false), Step::InitialSetup);
    draft.saved.insert(Step::InitialSetup);
    assert_eq!(draft.next_step(false), Step::Authorize);
    assert_eq!(draft.next_step(true), Step::Mapping);
    draft.saved.insert(Step::Mapping);
    assert_eq!((draft.next_step(true), draft.next_step(true).number()), (Step::Review, 4));
}

#[test]
fn r45_every_rule_counts_for_a_preview() {
    let rules = draft().rules("status");
    let other = Rules { welcome_email: false, ..rules.clone() };
    assert_eq!(rules.print(), other.print());
    assert_ne!(settings_print(&rules), settings_print(&other));
}

#[test]
fn a_draft_is_what_it_was_made_of() {
    let rules = Rules { no_mailbox_domains: vec!["none.example".into()], ..draft().rules("status") };
    let copy = Draft::of(&rules, Schedule::default(), Vec::new());
    assert_eq!(copy.rules("status"), rules);
    let text = serde_json::to_string(&copy).expect("serialisable");
    assert_eq!(serde_json::from_str::<Draft>(&text).expect("readable"), copy);
}
