//! What providers tell us: pure readers over the raw bytes of their calls, with the check of who called.
//!
//! One file a provider. A reader decides nothing: it says which button was pressed, which words were
//! written, what became of a message. Whether that is an acknowledgement is the domain's matter. What
//! nobody asked for (pictures, joins, edits) is read as nothing, never as an error: a provider that is
//! told "no" calls again for days.

pub mod gateway;
pub mod line;
mod mac;
pub mod telegram;
pub mod whatsapp;

/// Events of one call at most; more are read as none, as no provider sends so many.
pub const MOST_EVENTS: usize = 256;

/// Who is behind an event: the chat it happened in, and the person, where a chat is a group. Both are
/// personal, so it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    /// The chat: of a person alone the person's own; of a text message the number, digits only.
    pub chat: String,
    /// The person, where the provider tells them apart.
    pub user: Option<String>,
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Origin")
    }
}

impl Origin {
    /// Whether a contact's address is the one that this came from.
    pub fn is(&self, address: &str) -> bool {
        self.chat == address || self.user.as_deref() == Some(address)
    }
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The provider has it on its way.
    Sent,
    /// The receiver's telephone has it.
    Delivered,
    /// Somebody opened it.
    Seen,
    /// It will not arrive; a stable code why.
    Failed(String),
}

/// Something a provider tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inbound {
    /// What became of a message.
    Status {
        /// The provider's id for it, as [`super::Receipt`] had it.
        provider_id: String,
        /// The delivery's own id, where the provider brings it back.
        delivery: Option<String>,
        /// What became of it.
        fate: Fate,
    },
    /// A button was pressed.
    Button {
        /// The button's token.
        token: String,
        /// By whom.
        from: Origin,
        /// What the provider wants answered to show that it worked (Telegram's `callback_query.id`).
        answer: Option<String>,
    },
    /// Somebody wrote.
    Reply {
        /// The words, at most [`MOST_WORDS`] characters of them.
        text: String,
        /// Who.
        from: Origin,
        /// The provider's id of our message that it answers, if it answers one.
        to: Option<String>,
    },
}

/// Characters of a reply that are read.
pub const MOST_WORDS: usize = 500;

/// Why a call is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The signature or token is missing or wrong: somebody else called.
    #[error("the caller's signature is missing or wrong")]
    Forged,
    /// The body is not what this provider sends.
    #[error("the body is not what this provider sends")]
    NotUnderstood,
}

/// At most [`MOST_WORDS`] characters.
fn bounded(words: &str) -> String {
    words.chars().take(MOST_WORDS).collect()
}
