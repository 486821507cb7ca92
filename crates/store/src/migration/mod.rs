//! The schema, step by step. A step that has been released is never changed, and none is taken back: a backup is restored
//! instead. The ORM refuses what a step does not say.

mod m0001_foundation;
mod m0002_audit;
mod m0003_administrators;
mod m0004_delivery;
mod m0005_templates;
mod m0006_member_site;
mod m0007_closing;
mod m0008_membership;
mod m0009_events;
mod m0010_schedule;
mod m0011_nodes;
mod m0012_customers;
mod m0013_care;
mod m0014_retention;
mod m0015_members;
mod m0016_labels;
mod m0017_mend;
mod m0018_members;
mod m0019_attempts;
mod m0020_told_at_once;
mod m0021_tallies;
mod m0022_lean;
mod m0023_groups;

use sea_orm_migration::prelude::*;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_foundation::Migration),
            Box::new(m0002_audit::Migration),
            Box::new(m0003_administrators::Migration),
            Box::new(m0004_delivery::Migration),
            Box::new(m0005_templates::Migration),
            Box::new(m0006_member_site::Migration),
            Box::new(m0007_closing::Migration),
            Box::new(m0008_membership::Migration),
            Box::new(m0009_events::Migration),
            Box::new(m0010_schedule::Migration),
            Box::new(m0011_nodes::Migration),
            Box::new(m0012_customers::Migration),
            Box::new(m0013_care::Migration),
            Box::new(m0014_retention::Migration),
            Box::new(m0015_members::Migration),
            Box::new(m0016_labels::Migration),
            Box::new(m0017_mend::Migration),
            Box::new(m0018_members::Migration),
            Box::new(m0019_attempts::Migration),
            Box::new(m0020_told_at_once::Migration),
            Box::new(m0021_tallies::Migration),
            Box::new(m0022_lean::Migration),
            Box::new(m0023_groups::Migration),
        ]
    }
}
