//! Wordings of mails that programmes have put in the place of ours.

use domain::ids::ProgrammeId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{MailTemplate, Store, StoreResult, entity::mail_template, sql};

impl Store {
    /// The programme's own wordings.
    pub async fn mail_templates(&self, programme: ProgrammeId) -> StoreResult<Vec<MailTemplate>> {
        let found = mail_template::Entity::find().filter(mail_template::Column::ProgrammeId.eq(programme.0));
        Ok(found.all(&self.read).await?)
    }

    /// The programme's own wording of this kind of mail in this language, if it has one.
    pub async fn mail_template(
        &self,
        programme: ProgrammeId,
        kind: &str,
        language: &str,
    ) -> StoreResult<Option<MailTemplate>> {
        let key = (programme.0, kind.to_owned(), language.to_owned());
        Ok(mail_template::Entity::find_by_id(key).one(&self.read).await?)
    }

    /// Keeps a wording, in the place of an earlier one.
    pub async fn save_mail_template(&self, template: &MailTemplate) -> StoreResult<()> {
        let sql = "INSERT INTO mail_templates (programme_id, kind, language, subject, body, updated_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (programme_id, kind, language) \
                   DO UPDATE SET subject = excluded.subject, body = excluded.body, updated_at = excluded.updated_at";
        let texts = [&template.kind, &template.language, &template.subject, &template.body];
        let mut values = vec![template.programme_id.into()];
        values.extend(texts.into_iter().map(|text| text.clone().into()));
        values.push(template.updated_at.into());
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }

    /// Goes back to ours; `false` when there was nothing else.
    pub async fn remove_mail_template(&self, programme: ProgrammeId, kind: &str, language: &str) -> StoreResult<bool> {
        let sql = "DELETE FROM mail_templates WHERE programme_id = $1 AND kind = $2 AND language = $3";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), kind.into(), language.into()]).await? > 0)
    }
}
