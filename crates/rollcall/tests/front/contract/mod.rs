//! What scripts rely on: exit statuses, JSON, files, and what each command answers.

mod answers;
mod files;
mod previews;
mod publishing;
mod status;
