//! Logs: JSON lines on stderr. A message that reads alone, ids as dotted fields, units in names, and
//! never a name, a number or a text of a reporter.

use tracing_subscriber::EnvFilter;

/// Starts logging; `KENTONGAN_LOG` filters, e.g. `info,kentongan=debug`.
pub fn start() {
    let filter = EnvFilter::try_from_env("KENTONGAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let logging = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr);
    if logging.try_init().is_err() {
        tracing::debug!("logging was started before");
    }
}
