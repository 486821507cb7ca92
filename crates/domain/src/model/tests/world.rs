//! A small company in which everything that can collide does, and often.

use std::collections::BTreeMap;

use jiff::civil::Date;
use proptest::{prelude::*, sample::select};
use uuid::Uuid;

use crate::{
    eligibility::{Rule, SegmentRow},
    field::{Field, Fields},
    guard::Thresholds,
    ids::{IntegrationId, MemberId},
    member::{Member, State},
    model::{Directory, ModelPlan, Options},
    print::Print,
    record::{AttributeType, Record, Value},
    rules::{Absent, MappedAttribute, Rules},
};

pub(super) const TODAY: Date = Date::constant(2026, 11, 23);
pub(super) const OURS: IntegrationId = IntegrationId(Uuid::from_u128(1));
pub(super) const THEIRS: IntegrationId = IntegrationId(Uuid::from_u128(2));

/// The attributes of a record, in the order in which [`rules`] asks for them.
const MAPPED: [(&str, Field); 7] = [
    ("email", Field::Email),
    ("first", Field::FirstName),
    ("last", Field::LastName),
    ("birth", Field::DateOfBirth),
    ("start", Field::ContractStartDate),
    ("phone", Field::Phone),
    ("job", Field::JobTitle),
];

/// First name, last name, day of birth: some names are shared, and Dana has no birthday.
pub(super) const HUMANS: [(&str, &str, &str); 6] = [
    ("Ada", "Aubry", "1990-01-01"),
    ("Béa", "Brandt", "1985-05-05"),
    ("Carl", "Brandt", "1985-05-05"),
    ("Dana", "Dogan", ""),
    ("Ada", "Erbil", "1970-07-07"),
    ("Finn", "Fuchs", "1999-09-09"),
];

/// The employee ID that each human usually has, and one that nobody has.
const IDS: [&str; 7] = ["1", "2", "03", "4", "5", "6", "7"];

pub(super) fn email_of(human: usize) -> String {
    format!("h{human}@acme.example")
}

pub(super) fn member_id(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(1_000 + number))
}

pub(super) fn rules() -> Rules {
    let mapped = |(key, field): (&str, Field)| {
        let kind = if key == "birth" || key == "start" { AttributeType::Date } else { AttributeType::Text };
        (field, MappedAttribute { key: key.to_owned(), kind })
    };
    Rules {
        employee_id: "id".into(),
        status: "status".into(),
        mapping: MAPPED.into_iter().map(mapped).collect(),
        segment: vec![SegmentRow { attribute: "type".into(), rule: Rule::Exclude, values: vec!["external".into()] }],
        early_days: None,
        absent: Absent::Leave,
        welcome_email: true,
        no_mailbox_domains: Vec::new(),
        guard: Thresholds::default(),
    }
}

/// What the source says of somebody, by attribute; an attribute left out is not shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Says(pub(super) BTreeMap<&'static str, String>);

impl Says {
    /// An active human under an employee ID, with everything in order.
    pub(super) fn of(id: &str, human: usize) -> Self {
        let (first, last, birth) = HUMANS[human];
        let values = [("id", id), ("status", "active"), ("first", first), ("last", last), ("birth", birth)];
        let more = [("type", "internal"), ("start", "2020-02-02"), ("phone", "1"), ("job", "Chef")];
        let says: BTreeMap<_, _> = values.into_iter().chain(more).map(|(key, value)| (key, value.to_owned())).collect();
        Self(says).with("email", &email_of(human))
    }

    pub(super) fn with(mut self, key: &'static str, value: &str) -> Self {
        self.0.insert(key, value.to_owned());
        self
    }

    pub(super) fn without(mut self, key: &'static str) -> Self {
        self.0.remove(key);
        self
    }

    pub(super) fn record(&self, rules: &Rules) -> Record {
        let value = |key: &String| self.0.get(key.as_str()).map(|text| Value::text(text));
        Record(rules.asked().keys().iter().map(value).collect())
    }
}

/// An active member of the integration, just as an import would have made it.
pub(super) fn member(number: u128, id: &str, human: usize) -> Member {
    let (first, last, birth) = HUMANS[human];
    let fields = [
        (Field::Email, email_of(human)),
        (Field::FirstName, first.into()),
        (Field::LastName, last.into()),
        (Field::DateOfBirth, birth.into()),
        (Field::ContractStartDate, "2020-02-02".into()),
        (Field::Phone, "1".into()),
        (Field::JobTitle, "Chef".into()),
        (Field::Location, "by hand".into()),
    ];
    Member {
        id: member_id(number),
        version: 1,
        integration: Some(OURS),
        employee_id: Some(id.to_owned()),
        fields: fields.into_iter().filter(|(_, value): &(Field, String)| !value.is_empty()).collect::<Fields>(),
        state: State::Active,
        state_before_leaving: None,
        print: None,
        kept_by_hand: None,
        locked_until: None,
        clock_stopped_until: None,
    }
}

pub(super) fn leaver(number: u128, id: &str, human: usize) -> Member {
    Member { state: State::Leaver, state_before_leaving: Some(State::Active), ..member(number, id, human) }
}

/// A member made by hand (R16).
pub(super) fn by_hand(number: u128, human: usize) -> Member {
    Member { integration: None, employee_id: None, ..member(number, "", human) }
}

/// A directory, and what the source says next.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) rules: Rules,
    pub(super) directory: Directory,
    pub(super) people: Vec<Says>,
    pub(super) options: Options,
    made: u128,
}

impl World {
    pub(super) fn new(members: impl IntoIterator<Item = Member>, people: impl IntoIterator<Item = Says>) -> Self {
        let (directory, people) = (Directory::new(members), people.into_iter().collect());
        Self { rules: rules(), directory, people, options: Options::default(), made: 100 }
    }

    pub(super) fn records(&self) -> Vec<Record> {
        self.people.iter().map(|says| says.record(&self.rules)).collect()
    }

    pub(super) fn plan(&self) -> ModelPlan {
        self.plan_with(self.options)
    }

    pub(super) fn plan_with(&self, options: Options) -> ModelPlan {
        self.directory.plan(&self.rules, OURS, TODAY, &self.records(), options)
    }

    pub(super) fn apply(&mut self, plan: &ModelPlan) {
        let mut made = self.made;
        self.directory.apply(plan, || {
            made += 1;
            member_id(made)
        });
        self.made = made;
    }

    /// Plans and applies.
    pub(super) fn import(&mut self) -> ModelPlan {
        let plan = self.plan();
        self.apply(&plan);
        plan
    }

    pub(super) fn member(&self, number: u128) -> &Member {
        &self.directory.members[&member_id(number)]
    }

    /// An administrator's answer to what the plan asks of a person (R18), if it asks anything.
    pub(super) fn answer(&mut self, plan: &ModelPlan, id: &str, same: bool) {
        let asks = plan
            .people
            .get(id)
            .and_then(|person| person.problems.iter().find(|problem| problem.code.asks_for_decision()));
        let Some(asks) = asks else { return };
        let says = self.people.iter().find(|says| says.0["id"] == id);
        let address = says.and_then(|says| says.0.get("email")).map(|address| crate::email::key(address));
        let is_other = |member: &&Member| match &asks.other {
            Some(other) => member.employee_id.as_ref() == Some(other),
            None => member.email_key() == address,
        };
        let Some(member) = self.directory.members.values().find(is_other).map(|member| member.id) else { return };
        if same {
            self.directory.decide_same(id, member);
        } else {
            self.directory.decide_not(id, member);
        }
    }

    /// What an administrator does who brings a leaver back (R24).
    pub(super) fn bring_back(&mut self, id: MemberId) {
        let Some(member) = self.directory.members.get_mut(&id) else { return };
        if member.state == State::Leaver && member.email_key().is_some() {
            member.state = member.reopened_state();
            member.state_before_leaving = None;
            member.kept_by_hand = member.print.take();
            member.version += 1;
        }
    }
}

fn says() -> impl Strategy<Value = Says> {
    let id = prop_oneof![14 => Just(None), 6 => select(IDS.to_vec()).prop_map(Some), 1 => Just(Some(""))];
    let email = prop_oneof![
        8 => Just(None),
        5 => (0..HUMANS.len()).prop_map(|human| Some(email_of(human))),
        1 => (0..HUMANS.len()).prop_map(|human| Some(email_of(human).to_uppercase())),
        1 => (0..HUMANS.len()).prop_map(|human| Some(format!("{}_a1b2c", email_of(human)))),
        1 => (0..HUMANS.len()).prop_map(|human| Some(format!("h{human}_a1b2c@acme.example"))),
        1 => select(vec!["new1@acme.example", "new2@acme.example", "no address", ""]).prop_map(|text| Some(text.into())),
    ];
    let status = prop_oneof![
        8 => Just("active"), 3 => Just("inactive"), 1 => Just("leave"), 2 => Just("onboarding"),
        1 => Just("sabbatical"), 1 => Just(""),
    ];
    let kind = prop_oneof![8 => Just("internal"), 1 => Just("external"), 1 => Just("")];
    let phone = select(vec!["1", "1", "2", ""]).prop_map(str::to_owned);
    let phone = prop_oneof![5 => phone, 1 => Just("9".repeat(101))];
    let birth = prop_oneof![6 => Just(None), 1 => select(vec!["", "2027-01-01", "1999-09-09"]).prop_map(Some)];
    let start = select(vec!["2020-02-02", "2020-02-02", "2026-11-25", "2027-02-01", ""]);
    let gone = prop_oneof![6 => Just(None), 1 => select(vec!["email", "first", "birth", "status", "type", "phone"]).prop_map(Some)];
    (0..HUMANS.len(), id, email, status, kind, phone, birth, start, gone).prop_map(
        |(human, id, email, status, kind, phone, birth, start, gone)| {
            let mut says = Says::of(id.unwrap_or(IDS[human]), human)
                .with("status", status)
                .with("type", kind)
                .with("phone", &phone);
            says = says.with("start", start);
            says = email.map_or(says.clone(), |email| says.with("email", &email));
            says = birth.map_or(says.clone(), |birth| says.with("birth", birth));
            gone.map_or(says.clone(), |gone| says.without(gone))
        },
    )
}

fn some_member(number: u128) -> impl Strategy<Value = Member> {
    let owner = prop_oneof![6 => Just(Some(OURS)), 2 => Just(None), 1 => Just(Some(THEIRS))];
    let state =
        select(vec![State::Active, State::Active, State::Invited, State::NotInvited, State::Leaver, State::Leaver]);
    let before = select(vec![Some(State::Active), Some(State::Invited), None]);
    let id = prop_oneof![8 => Just(None), 4 => select(IDS.to_vec()).prop_map(Some), 1 => Just(Some(""))];
    let odd = prop_oneof![8 => Just(0), 1 => Just(1), 1 => Just(2), 1 => Just(3)];
    (0..HUMANS.len(), 0..HUMANS.len(), owner, state, before, id, odd, prop::bool::weighted(0.7)).prop_map(
        move |(human, other, owner, state, before, id, odd, own_email)| {
            let id = Some(id.unwrap_or(IDS[human])).filter(|id| !id.is_empty());
            let mut member = member(number, id.unwrap_or_default(), human);
            member.integration = owner;
            member.employee_id = id.filter(|_| owner.is_some()).map(str::to_owned);
            member.state = state;
            member.state_before_leaving = before.filter(|_| state == State::Leaver);
            if !own_email {
                member.fields.insert(Field::Email, email_of(other));
            }
            match odd {
                1 => member.locked_until = Some(TODAY),
                2 if state == State::Leaver => drop(member.fields.remove(&Field::Email)),
                3 if state != State::Leaver => member.kept_by_hand = Some(Print::ABSENT),
                _ => {}
            }
            member
        },
    )
}

fn some_rules() -> impl Strategy<Value = Rules> {
    let segment = select(vec![None, Some(Rule::Include), Some(Rule::Exclude)]);
    (any::<bool>(), segment, select(vec![None, Some(5)]), prop::bool::weighted(0.2)).prop_map(
        |(birth, segment, early_days, keep)| {
            let mut rules = rules();
            if !birth {
                rules.mapping.remove(&Field::DateOfBirth);
            }
            rules.segment = segment
                .map(|rule| {
                    let value = if rule == Rule::Include { "internal" } else { "external" };
                    SegmentRow { attribute: "type".into(), rule, values: vec![value.into()] }
                })
                .into_iter()
                .collect();
            rules.early_days = early_days;
            rules.absent = if keep { Absent::Keep } else { Absent::Leave };
            rules
        },
    )
}

/// Members with unique addresses and unique employee IDs.
fn unique(members: Vec<Member>) -> Vec<Member> {
    let (mut kept, mut emails, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    for member in members {
        let (email, id) = (member.email_key(), member.employee_id.clone().map(|id| (member.integration, id)));
        let taken = (email.is_some() && emails.contains(&email)) || (id.is_some() && ids.contains(&id));
        if !taken {
            emails.push(email);
            ids.push(id);
            kept.push(member);
        }
    }
    kept
}

/// Any world: a directory that has seen an import and an administrator, and the next import.
pub(super) fn any_world() -> impl Strategy<Value = World> {
    let members = (0..7u128).map(some_member).collect::<Vec<_>>();
    let earlier = prop::collection::vec(says(), 0..6);
    let people = prop::collection::vec(says(), 1..9);
    let answers = prop::collection::vec(0..4u8, 9);
    let back = select(vec![0, 0, 0, 0b1010_1010, 0b0000_1101_u8]);
    let unlikely = || prop::bool::weighted(0.15);
    (some_rules(), members, earlier, people, answers, back, (unlikely(), unlikely(), unlikely(), any::<bool>()))
        .prop_map(|(rules, members, earlier, people, answers, back, (twice, unsettled, exclude, leave_out))| {
            let mut world = World { rules, ..World::new(unique(members), earlier) };
            world.import();
            for (at, id) in world.directory.members.keys().copied().collect::<Vec<_>>().into_iter().enumerate() {
                if back & (1 << (at % 8)) != 0 {
                    world.bring_back(id);
                }
                if exclude && at % 3 == 0 {
                    world.directory.excluded_members.insert(id);
                }
            }
            if leave_out {
                world.people.clear();
            }
            world.people.splice(0..0, people);
            if !twice {
                let mut seen = Vec::new();
                world.people.retain(|says| {
                    !seen.contains(&says.0["id"]) && {
                        seen.push(says.0["id"].clone());
                        true
                    }
                });
            }
            let plan = world.plan();
            for (id, answer) in plan.people.keys().zip(answers) {
                match answer {
                    0 => world.answer(&plan, id, true),
                    1 => world.answer(&plan, id, false),
                    2 if exclude => drop(world.directory.excluded_ids.insert(id.clone())),
                    _ => {}
                }
            }
            world.options.settled = !unsettled;
            world
        })
}
