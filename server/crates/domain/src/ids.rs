//! Identities: typed UUIDv7 ids and the source that makes them from injected time and randomness.
//!
//! Must never read a clock or a random source: both are given to [`IdSource::new`].

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An instant: microseconds since 1970-01-01T00:00:00Z. The only form of time in the core and the store.
pub type EpochUs = i64;

/// One second in [`EpochUs`].
pub const SECOND_US: EpochUs = 1_000_000;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
        #[cfg_attr(feature = "schema", ts(type = "string"), schema(value_type = String, format = Uuid))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// A report: one contact by one person or sensor.
    ReportId
);
id!(
    /// An incident: what happened, to which reports belong.
    IncidentId
);
id!(
    /// A dispatch: one incident handed to one agency.
    DispatchId
);
id!(
    /// One delivery of one dispatch revision to one contact on one channel.
    DeliveryId
);
id!(
    /// A picture that a team took.
    PhotoId
);
id!(
    /// One hand-over of an incident to a neighbouring centre, the same on both sides.
    TransferId
);
id!(
    /// A text a person wrote, kept in an erasable table.
    TextId
);
id!(
    /// A reporter, kept in an erasable table.
    PersonId
);
id!(
    /// A command's idempotency key.
    CommandId
);

/// Makes UUIDv7 ids from an instant and a seed; the same inputs give the same ids.
#[derive(Debug, Clone)]
pub struct IdSource {
    now_ms: u64,
    state: u64,
}

impl IdSource {
    /// A source for one command at `now` (epoch µs) with 64 bits of randomness.
    pub fn new(now: EpochUs, seed: u64) -> Self {
        Self { now_ms: u64::try_from(now / 1_000).unwrap_or(0), state: seed }
    }

    /// The next id.
    pub fn next_id(&mut self) -> Uuid {
        let (high, low) = (self.next_random().to_be_bytes(), self.next_random().to_be_bytes());
        let mut bytes = [0_u8; 10];
        for (slot, byte) in bytes.iter_mut().zip(high.into_iter().chain(low)) {
            *slot = byte;
        }
        uuid::Builder::from_unix_timestamp_millis(self.now_ms, &bytes).into_uuid()
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): one full-period step.
    fn next_random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
