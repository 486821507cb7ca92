//! The tables, one file each. Their rows are plain structs to the rest of the workspace. (`work`,
//! `recovery_codes`, `member_recovery_codes`, `attempts`, `idempotency`, `closing` and `upload_files` have no entity: single statements
//! do all there is to do.)

#![allow(unreachable_pub, reason = "the ORM's derive wants `pub struct Model`")]

pub(crate) mod administrator;
pub(crate) mod api_token;
pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod close_down;
pub(crate) mod decision;
pub(crate) mod event_delivery;
pub(crate) mod exclusion;
pub(crate) mod import;
pub(crate) mod integration;
pub(crate) mod invitation;
pub(crate) mod link;
pub(crate) mod mail_template;
pub(crate) mod member;
pub(crate) mod member_choices;
pub(crate) mod member_credential;
pub(crate) mod member_link;
pub(crate) mod member_session;
pub(crate) mod outbox;
pub(crate) mod place;
pub(crate) mod problem;
pub(crate) mod programme;
pub(crate) mod refusal;
pub(crate) mod restore;
pub(crate) mod session;
pub(crate) mod subscription;
pub(crate) mod trace;
pub(crate) mod upload;
pub(crate) mod upload_row;
