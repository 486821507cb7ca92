//! One person alone: what an import would do with them if nobody else had changed. Nothing is written.

use domain::{
    email,
    ids::MemberId,
    member::Member,
    names,
    plan::{Change, Claim, Fate, Holder, Kind, Known, Twin, Verdict, judge, settle},
    problem::Problem,
    record::Record,
    rules::Reader,
};
use jiff::civil::Date;
use store::{Integration, Store, StoreResult};

use super::{answers::Answers, exclusions::Exclusions};
use crate::{Engine, EngineResult};

/// What an import would make of one person.
pub(crate) struct Alone {
    /// The account that their employee ID leads to, if there is one.
    pub(crate) member: Option<Member>,
    /// The verdict, with what follows from others' addresses.
    pub(crate) verdict: Verdict,
}

/// Judges one person, and looks whether their address and their likeness are somebody's already.
pub(crate) async fn judge_alone(
    engine: &Engine,
    integration: &Integration,
    reader: &Reader<'_>,
    today: Date,
    employee_id: &str,
    record: &Record,
) -> EngineResult<Alone> {
    let store = &engine.store;
    let (programme, number) = (integration.programme(), integration.number());
    let answers = Answers::of(store, integration).await?;
    let by_id = store.members_by_employee_id(programme, number, &[employee_id]).await?;
    let address = reader.raw_email(record).map(|address| email::key(&address));
    let keys: Vec<&str> = address.as_deref().into_iter().collect();
    let by_email = store.members_by_email(programme, &keys).await?;
    let member = answers.led_by(employee_id, by_id.get(employee_id));
    let known = answers.known(number, employee_id, member, by_email.values().next());
    let anew = integration.rules_print != Some(reader.rules().print().0);
    let exclusions = Exclusions::of(store, integration, engine.traces(programme, number).await?).await?;
    let known = exclusions.tell(employee_id, address.as_deref(), Known { anew, ..known }, false);
    let mut verdict = judge(reader, number, today, employee_id, record, known);
    if let Some(change) = verdict.change.take() {
        let (change, problems) = settle_alone(store, integration, (&answers, &exclusions), change).await?;
        verdict.outcome = domain::plan::Outcome::Changed(change.kind);
        verdict.problems.extend(problems);
        verdict.change = Some(change);
    }
    Ok(Alone { member: member.cloned(), verdict })
}

/// Settles a plan of one row (R12, R13, R15): whoever else is concerned stays as they are.
async fn settle_alone(
    store: &Store,
    integration: &Integration,
    (answers, exclusions): (&Answers, &Exclusions),
    change: Change,
) -> StoreResult<(Change, Vec<Problem>)> {
    let programme = integration.programme();
    let not = |other: &Member| -> Option<MemberId> {
        let id = change.employee_id.as_deref().unwrap_or_default();
        answers.is_not(id, other).then_some(other.id)
    };
    let holder = |member: &Member| exclusions.holder(member, Fate::of(member, None));
    let keys: Vec<&str> = change.claim.as_deref().into_iter().collect();
    let held = store.members_by_email(programme, &keys).await?;
    let holders: Vec<Holder> = held.values().map(holder).collect();
    let likeness = names::twin_key(&change.after).filter(|_| change.kind == Kind::Join);
    let alike = match likeness {
        Some(key) => store.members_by_twin(programme, &[&key]).await?,
        None => Vec::new(),
    };
    let claim = |not| Claim { row: 0, change: change.clone(), not };
    let twins: Vec<Twin> =
        alike.iter().map(|member| Twin { claim: claim(not(member)), holder: holder(member) }).collect();
    let claims: Vec<Claim> = change.claim.iter().map(|_| claim(held.values().next().and_then(not))).collect();
    let mut settled = settle(&claims, &holders, &twins);
    let mut problems: Vec<Problem> = settled.moved.remove(&0).into_iter().collect();
    if let Some(problem) = settled.rejected.remove(&0) {
        problems.push(problem);
        return Ok((change.rejected(), problems));
    }
    Ok((settled.replaced.remove(&0).unwrap_or(change), problems))
}
