//! Several checks on one server: each failure is kept with its name, and all are told at the end.

use anyhow::{Context as _, bail, ensure};
use kentongan_tests::api::Answer;

/// What was found wrong.
#[derive(Debug, Default)]
pub struct Findings(Vec<String>);

impl Findings {
    /// Takes the outcome of a check in.
    pub fn note(&mut self, name: &str, outcome: anyhow::Result<()>) {
        if let Err(error) = outcome {
            self.0.push(format!("{name}: {error:#}"));
        }
    }

    /// # Errors
    /// All that was found.
    pub fn end(self) -> anyhow::Result<()> {
        if self.0.is_empty() { Ok(()) } else { bail!("{} wrong:\n{}", self.0.len(), self.0.join("\n")) }
    }
}

/// Checks that an answer is a problem of this status and code, in the one form all problems have.
///
/// # Errors
/// Which part of it is otherwise.
pub fn problem(answer: &Answer, status: u16, code: &str) -> anyhow::Result<()> {
    let Answer { status: got, body, content_type } = answer;
    ensure!(got.as_u16() == status, "expected {status} {code}, got {got}: {body} ({content_type})");
    ensure!(content_type == "application/problem+json", "the content type is {content_type}");
    ensure!(body["code"] == code, "expected the code {code}, got {body}");
    ensure!(body["status"] == status, "the status in the body is {}", body["status"]);
    ensure!(body["type"] == "about:blank", "the type is {}", body["type"]);
    for field in ["title", "detail"] {
        let words = body[field].as_str().with_context(|| format!("no {field} in {body}"))?;
        ensure!(!words.is_empty(), "an empty {field}");
    }
    Ok(())
}

/// Checks that an answer is a 422 that points at a field.
///
/// # Errors
/// Which part of it is otherwise.
pub fn points_at(answer: &Answer, pointer: &str) -> anyhow::Result<()> {
    problem(answer, 422, "invalid_field")?;
    let given = answer.body.get("pointer").and_then(serde_json::Value::as_str);
    ensure!(given == Some(pointer), "expected the pointer {pointer}, got {}", answer.body);
    Ok(())
}
