//! What goes on until it is stopped: serving, the demo, the sandbox.

use std::net::SocketAddr;

use clap::Args;
use web::Proxies;

#[derive(Debug, Clone, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on
    #[arg(long, env = "ROLLCALL_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Serve the web front; without --work nothing else is done here
    #[arg(long)]
    pub(crate) web: bool,
    /// Run imports, deliver mails, close accounts; without --web nothing is listened on
    #[arg(long)]
    pub(crate) work: bool,
    /// How many imports, of different integrations, are worked on here at once
    #[arg(long, value_name = "NUMBER", env = "ROLLCALL_IMPORTS_AT_ONCE", default_value_t = engine::IMPORTS_AT_ONCE)]
    pub(crate) imports_at_once: usize,
    /// Address and port to tell Prometheus at, which nobody else should reach; unless set, nothing is told
    #[arg(long, value_name = "ADDR", env = "ROLLCALL_METRICS_LISTEN")]
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// Proxies that are believed when they say whom a request is from: addresses and networks with commas, or `none`
    /// [default: those on this machine]
    #[arg(long, value_name = "LIST", env = "ROLLCALL_TRUSTED_PROXIES")]
    pub(crate) trusted_proxies: Option<Proxies>,
    /// Seconds to go on serving when told to stop, with /readyz answering 503, so that a proxy finds out first
    #[arg(long, value_name = "SECONDS", env = "ROLLCALL_DRAIN", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub(crate) drain: u64,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Demo {
    /// How many people the made-up company employs
    #[arg(long, default_value_t = 250, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) employees: u32,
    /// Another number makes other people
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
    /// Address and port of the web front
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Stop after the month instead of going on serving
    #[arg(long)]
    pub(crate) once: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Sandbox {
    /// How many people the made-up company employs
    #[arg(long, default_value_t = 250, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) employees: u32,
    /// Another number makes other people
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:9000")]
    pub(crate) listen: SocketAddr,
    /// Answer as fast as asked, instead of limiting requests as Personio does, and keep pages that were built
    #[arg(long)]
    pub(crate) no_limits: bool,
    /// Milliseconds that each answer about employees takes, however many are asked for at once; tokens come at once
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60_000))]
    pub(crate) answers_take: u64,
}
