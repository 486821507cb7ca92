//! A leaver's days, over months and time zones.

mod months;
mod outlook;
mod typed;
