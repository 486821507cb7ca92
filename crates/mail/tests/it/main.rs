//! Delivery against a real mail server.

extern crate rollcall_mail as mail;

mod smtp;
