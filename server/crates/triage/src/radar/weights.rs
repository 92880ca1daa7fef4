//! What each ground counts for or against one event, in log-odds.
//!
//! Figures only. They were tuned by coordinate search on bursts of the project's own making, on the
//! seeds named in `tests/radar_bursts/tuning.rs`, and are judged on others; a centre's own merges are
//! the better teacher once there are enough of them.

/// The weights of the radar: natural log-odds, except where a field says otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Before anything is known but that both lie within the window.
    pub base: f64,
    /// Same category, type not told by one.
    pub same_category: f64,
    /// Same category, two types.
    pub other_type: f64,
    /// Types that are one event's cause and effect.
    pub close: f64,
    /// Related categories.
    pub related: f64,
    /// A category is not known.
    pub unknown: f64,
    /// At the far end of the time window; nothing at its beginning, by the square between.
    pub late: f64,
    /// For each natural logarithm by which the positions are finer than the quarter
    /// (`ln(4 km / uncertainty)`).
    pub near: f64,
    /// For each half squared distance in units of the uncertainty.
    pub far: f64,
    /// The most that distance takes away (a share of `far`'s own unit).
    pub farthest: f64,
    /// A position is missing.
    pub no_place: f64,
    /// The first shared word of the place.
    pub place_word: f64,
    /// The second one.
    pub second_place_word: f64,
    /// Both name a place and share no word of it.
    pub other_place: f64,
    /// Each shared word of the event, up to three.
    pub word: f64,
    /// Each shared cue across categories, up to two.
    pub cue_across: f64,
    /// The same caller.
    pub caller: f64,
}

impl Weights {
    /// The weights in use.
    pub const TUNED: Self = Self {
        base: -1.5,
        same_category: -0.9,
        other_type: -1.5,
        close: -1.5,
        related: -6.0,
        unknown: -5.25,
        late: -11.5,
        near: 1.5,
        far: -0.5,
        farthest: 9.0,
        no_place: 2.25,
        place_word: 1.0,
        second_place_word: 0.75,
        other_place: -0.4,
        word: 0.8,
        cue_across: 3.9,
        caller: 3.0,
    };
}
