//! What an administrator can do, each a function: imports, holds, decisions, outbox.
