//! Random choices that a printed number brings back.

/// A small generator (splitmix64): the same seed, the same choices.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// From an environment variable, else from the process's id and the clock.
    pub fn seed_from(variable: &str) -> u64 {
        let given = std::env::var(variable).ok().and_then(|text| text.parse().ok());
        given.unwrap_or_else(|| u64::from(std::process::id()) ^ (crate::clock::now_us().unsigned_abs() << 8))
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` up to and including `high`.
    pub const fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// True once in `many`.
    pub const fn once_in(&mut self, many: u64) -> bool {
        self.next().is_multiple_of(many)
    }

    /// One of several; none of none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(from.len()).ok().filter(|count| *count > 0)?;
        from.get(usize::try_from(self.next() % count).unwrap_or_default())
    }

    /// An idempotency key or an external id.
    pub fn uuid(&mut self) -> uuid::Uuid {
        let bytes = ((u128::from(self.next()) << 64) | u128::from(self.next())).to_be_bytes();
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A generator of its own for somebody else.
    #[must_use]
    pub const fn branch(&mut self) -> Self {
        Self::new(self.next())
    }
}
