//! Applying an upload, in batches.

use domain::{
    field::{Field, Fields},
    ids::MemberId,
    member::State,
    plan::{Kind, Welcome, welcome},
    rules::Rules,
};
use serde_json::json;
use store::{
    Audit, Mail, Programme, Upload, UploadRow,
    uploads::{LineToApply, Lines},
    work::Lease,
};

use super::differences;
use crate::{Engine, EngineResult};

/// How many lines are one transaction.
const AT_ONCE: u64 = 500;

impl Engine {
    /// Applies what is planned and not done yet: an upload that was interrupted goes on where it stood (R54).
    pub(super) async fn carry_out_upload(
        &self,
        programme: &Programme,
        lease: &Lease,
        upload: &Upload,
    ) -> EngineResult<()> {
        let rules = self.welcome_rules(programme).await?;
        let mut after = 0;
        loop {
            let rows = self.store.upload_rows(upload, Lines::Planned, after, AT_ONCE).await?;
            let Some(last) = rows.last() else { break };
            after = last.line;
            let lines: EngineResult<Vec<_>> =
                rows.into_iter().map(|row| self.line_to_apply(programme, upload, &rules, row)).collect();
            self.store.apply_upload_rows(lease, upload, &lines?, self.now()).await?;
        }
        let planned = upload.counts()?;
        let mut counts = self.count_lines(upload).await?;
        (counts.errors, counts.warnings) = (planned.errors, planned.warnings);
        let members = self.current_members(programme).await?;
        // What still asked counts as left out, and is noted as such.
        Ok(self.store.finish_upload(lease, upload, &counts, members, self.now()).await?)
    }

    fn line_to_apply(
        &self,
        programme: &Programme,
        upload: &Upload,
        rules: &[Rules],
        row: UploadRow,
    ) -> EngineResult<LineToApply> {
        let is_new = row.kind == Kind::Join.as_str();
        let known = row.member_id.filter(|_| row.frees().is_none());
        let member = MemberId(known.unwrap_or_else(|| self.new_id()));
        let fields = row.values()?;
        let mail = (is_new && upload.invite).then(|| self.invitation_by_hand(programme, rules, member, &fields));
        let state = if mail.is_some() { State::Invited } else { State::NotInvited };
        let (action, before, after) = if is_new {
            ("member.added", None, json!({ "state": state, "fields": fields }))
        } else {
            let (old, now) = differences(&row)?;
            if row.kind == Kind::Rejoin.as_str() {
                let before = json!({ "state": State::Leaver, "fields": old });
                ("member.reopened", Some(before), json!({ "fields": now }))
            } else {
                ("member.edited", Some(json!(old)), json!(now))
            }
        };
        let audit = Audit {
            programme_id: programme.id,
            id: self.new_id(),
            at: self.now(),
            actor_kind: upload.applied_kind.clone().unwrap_or_default(),
            actor: upload.applied_by.clone().unwrap_or_default(),
            address: None,
            action: action.to_owned(),
            subject: member.to_string(),
            before: before.map(|before| before.to_string()),
            after: Some(after.to_string()),
        };
        Ok(LineToApply { row, member, mail, audit })
    }

    /// What decides where the invitations of people go who are made by hand: whatever imports do, they were asked for.
    pub(in crate::members) async fn welcome_rules(&self, programme: &Programme) -> EngineResult<Vec<Rules>> {
        let integrations = self.store.integrations(programme.number()).await?;
        let rules = integrations.iter().filter_map(|integration| integration.rules().ok());
        Ok(rules.map(|rules| Rules { welcome_email: true, ..rules }).collect())
    }

    /// The invitation of somebody who is made by hand: it goes where a joiner's of the import would go.
    pub(in crate::members) fn invitation_by_hand(
        &self,
        programme: &Programme,
        rules: &[Rules],
        id: MemberId,
        fields: &Fields,
    ) -> Mail {
        debug_assert!(fields.contains_key(&Field::Email), "nobody is made without an address");
        let elsewhere =
            rules.iter().rev().find_map(|rules| welcome(rules, fields).filter(|to| *to != Welcome::Account));
        let route = elsewhere.unwrap_or(Welcome::Account);
        let state = if route == Welcome::Letter { "to-print" } else { "pending" };
        let mail = self.member_mail(programme.id, mail::Kind::Welcome.name(), id, route.as_str());
        Mail { state: state.to_owned(), ..mail }
    }
}
