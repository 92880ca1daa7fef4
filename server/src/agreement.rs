//! How often people kept what was suggested: counts, calibration, and whether agreement falls.
//!
//! Arithmetic on decided reports and nothing else: no store, no clock, no request.

use std::collections::BTreeMap;

use kentongan_domain::catalogue::Category;
use kentongan_domain::ids::EpochUs;
use kentongan_domain::number::local_day;
use kentongan_protocol::agreement::{
    AgreementAnswer, AgreementCounts, AgreementDrift, CalibrationBin, CategoryAgreement, MonthAgreement,
    OperatorAgreement,
};
use kentongan_store::rows::DecidedRow;

/// Bins of the calibration, over confidence from 0 to 1.
const BINS: u8 = 10;
/// Reports that count as the newest.
const NEWEST: usize = 200;
/// Reports before those that they are compared with.
const BEFORE: usize = 1_000;
/// Standard errors below which a fall is more than chance: the 1 % quantile of the normal distribution.
const FALL: f64 = -2.326;

/// What the figures are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// From when on reports count (epoch µs).
    pub from: EpochUs,
    /// Until before when (epoch µs).
    pub to: EpochUs,
    /// Whether there are more reports in that range than were read.
    pub truncated: bool,
    /// The centre's offset from UTC in minutes, for its months.
    pub utc_offset_minutes: i32,
}

/// The figures; `rows` are the newest first.
pub fn agreement(asked: Asked, rows: &[DecidedRow]) -> AgreementAnswer {
    let mut total = AgreementCounts::default();
    let mut categories: BTreeMap<&str, AgreementCounts> = BTreeMap::new();
    let mut months: BTreeMap<String, AgreementCounts> = BTreeMap::new();
    let mut operators: BTreeMap<&str, AgreementCounts> = BTreeMap::new();
    for row in rows {
        count(&mut total, row);
        count(categories.entry(&row.final_category).or_default(), row);
        count(months.entry(month_of(row.received_at, asked.utc_offset_minutes)).or_default(), row);
        count(operators.entry(&row.operator).or_default(), row);
    }
    AgreementAnswer {
        from: asked.from,
        to: asked.to,
        truncated: asked.truncated,
        total: shared(total),
        categories: Category::ALL
            .into_iter()
            .filter_map(|category| {
                let counts = categories.get(category.code())?;
                Some(CategoryAgreement { category, counts: shared(*counts) })
            })
            .collect(),
        months: months
            .into_iter()
            .rev()
            .map(|(month, counts)| MonthAgreement { month, counts: shared(counts) })
            .collect(),
        operators: operators
            .into_iter()
            .map(|(operator, counts)| OperatorAgreement {
                operator: operator.to_owned(),
                counts: shared(counts),
            })
            .collect(),
        calibration: calibration(rows),
        drift: drift(rows),
    }
}

/// Whether the category was closed as it was suggested.
fn kept(row: &DecidedRow) -> bool {
    row.suggested_category.as_deref() == Some(row.final_category.as_str())
}

fn count(counts: &mut AgreementCounts, row: &DecidedRow) {
    counts.reports += 1;
    counts.category_kept += u32::from(kept(row));
    counts.type_kept += u32::from(row.suggested_type.as_deref() == Some(row.final_type.as_str()));
    counts.priority_kept += u32::from(row.suggested_priority == row.final_priority);
}

fn shared(counts: AgreementCounts) -> AgreementCounts {
    AgreementCounts {
        accuracy: share(counts.category_kept, counts.reports),
        priority_accuracy: share(counts.priority_kept, counts.reports),
        ..counts
    }
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

/// The month of an instant by the centre's clock, e.g. `2026-11`.
pub fn month_of(at: EpochUs, utc_offset_minutes: i32) -> String {
    let day = local_day(at, utc_offset_minutes);
    let (year, rest) = day.split_at_checked(2).unwrap_or(("", ""));
    format!("20{year}-{}", rest.get(..2).unwrap_or_default())
}

fn calibration(rows: &[DecidedRow]) -> Vec<CalibrationBin> {
    let bin_of = |row: &DecidedRow| {
        let bins = f64::from(BINS);
        (row.confidence * bins).clamp(0.0, bins - 1.0) as u8
    };
    let bins = (0..BINS).filter_map(|bin| {
        let (mut reports, mut right, mut sum) = (0_u32, 0_u32, 0.0);
        for row in rows.iter().filter(|row| bin_of(row) == bin) {
            reports += 1;
            right += u32::from(kept(row));
            sum += row.confidence;
        }
        (reports > 0).then(|| CalibrationBin {
            from: f64::from(bin) / f64::from(BINS),
            reports,
            confidence: sum / f64::from(reports),
            accuracy: share(right, reports),
        })
    });
    bins.collect()
}

/// Compares the newest 200 with the 1,000 before: two-proportion z with the pooled share, one-sided at 99 %.
fn drift(rows: &[DecidedRow]) -> AgreementDrift {
    let of = |rows: &mut dyn Iterator<Item = &DecidedRow>| {
        rows.fold((0_u32, 0_u32), |(all, right), row| (all + 1, right + u32::from(kept(row))))
    };
    let newest = of(&mut rows.iter().take(NEWEST));
    let before = of(&mut rows.iter().skip(NEWEST).take(BEFORE));
    let enough = rows.len() >= NEWEST + BEFORE;
    let z = if enough { z_of(newest, before) } else { None };
    AgreementDrift {
        newest_reports: newest.0,
        newest_accuracy: share(newest.1, newest.0),
        before_reports: before.0,
        before_accuracy: share(before.1, before.0),
        z,
        drifted: z.is_some_and(|z| z < FALL),
    }
}

/// How many standard errors the first (all, right) lies above the second; none when nothing varies.
fn z_of((all, right): (u32, u32), (other_all, other_right): (u32, u32)) -> Option<f64> {
    let pooled = share(right + other_right, all + other_all);
    let variance = pooled * (1.0 - pooled) * (1.0 / f64::from(all) + 1.0 / f64::from(other_all));
    (variance > 0.0).then(|| (share(right, all) - share(other_right, other_all)) / variance.sqrt())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)] // as in any test

    use uuid::Uuid;

    use super::*;

    const WIB: i32 = 420;
    const ASKED: Asked = Asked { from: 0, to: i64::MAX, truncated: false, utc_offset_minutes: WIB };

    fn row(suggested: Option<&str>, became: &str, confidence: f64) -> DecidedRow {
        DecidedRow {
            report: Uuid::nil(),
            incident: Uuid::nil(),
            received_at: 0,
            operator: "sari".to_owned(),
            suggested_category: suggested.map(str::to_owned),
            final_category: became.to_owned(),
            suggested_type: suggested.map(|code| format!("{code}_other")),
            final_type: format!("{became}_other"),
            suggested_priority: 1,
            final_priority: 2,
            confidence,
        }
    }

    /// So many reports, of which so many were kept.
    fn rows(all: usize, right: usize) -> Vec<DecidedRow> {
        (0..all).map(|at| row(Some("fire"), if at < right { "fire" } else { "medical" }, 0.5)).collect()
    }

    #[test]
    fn nothing_decided_gives_empty_figures() {
        let answer = agreement(ASKED, &[]);
        assert_eq!(answer.total, AgreementCounts::default());
        assert!(answer.categories.is_empty() && answer.months.is_empty() && answer.calibration.is_empty());
        assert_eq!((answer.drift.z, answer.drift.drifted), (None, false));
    }

    #[test]
    fn counts_are_by_what_people_set() {
        let mut decided = vec![
            row(Some("fire"), "fire", 0.9),
            row(Some("fire"), "medical", 0.6),
            row(None, "medical", 0.05),
            row(Some("medical"), "medical", 0.7),
        ];
        decided[0].final_priority = 1;
        decided[3].operator = "budi".to_owned();
        decided[3].final_type = "medical_cardiac".to_owned();
        let answer = agreement(ASKED, &decided);
        let counts = |reports, category_kept, type_kept, priority_kept| {
            shared(AgreementCounts {
                reports,
                category_kept,
                type_kept,
                priority_kept,
                ..AgreementCounts::default()
            })
        };
        assert_eq!(answer.total, counts(4, 2, 1, 1));
        assert_eq!((answer.total.accuracy, answer.total.priority_accuracy), (0.5, 0.25));
        let categories: Vec<_> = answer.categories.iter().map(|one| (one.category, one.counts)).collect();
        let wanted = [(Category::Fire, counts(1, 1, 1, 1)), (Category::Medical, counts(3, 1, 0, 0))];
        assert_eq!(categories, wanted);
        let operators: Vec<_> =
            answer.operators.iter().map(|one| (one.operator.as_str(), one.counts.reports)).collect();
        assert_eq!(operators, [("budi", 1), ("sari", 3)]);
    }

    #[test]
    fn months_follow_the_centres_clock() {
        for (at, offset, month) in [
            (0, 0, "2070-01"), // years have two digits: before 2000 there were no centres
            (1_793_465_999_000_000, WIB, "2026-10"),
            (1_793_466_000_000_000, WIB, "2026-11"),
            (1_793_466_000_000_000, 0, "2026-10"),
        ] {
            assert_eq!(month_of(at, offset), month, "{at} {offset}");
        }
        let mut decided = rows(3, 3);
        decided[0].received_at = 1_793_466_000_000_000;
        decided[1].received_at = 1_793_465_999_000_000;
        decided[2].received_at = 1_793_465_999_000_000;
        let months: Vec<_> = agreement(ASKED, &decided).months;
        let months: Vec<_> = months.iter().map(|one| (one.month.as_str(), one.counts.reports)).collect();
        assert_eq!(months, [("2026-11", 1), ("2026-10", 2)]);
    }

    #[test]
    fn calibration_falls_into_bins() {
        for (confidence, from) in
            [(0.0, 0.0), (0.0999, 0.0), (0.1, 0.1), (0.55, 0.5), (0.95, 0.9), (1.0, 0.9), (1.5, 0.9)]
        {
            let bins = calibration(&[row(Some("fire"), "fire", confidence)]);
            assert_eq!((bins.len(), bins[0].from, bins[0].accuracy), (1, from, 1.0), "{confidence}");
        }
        let bins = calibration(&[row(Some("fire"), "fire", 0.75), row(Some("fire"), "medical", 0.25 + 0.5)]);
        assert_eq!((bins.len(), bins[0].reports, bins[0].confidence, bins[0].accuracy), (1, 2, 0.75, 0.5));
    }

    #[test]
    fn only_a_fall_beyond_chance_is_a_drift() {
        // (kept of the newest 200, kept of the 1,000 before, z to two digits, drifted)
        for (newest, before, z, drifted) in [
            (180, 900, Some(0.0), false),
            (168, 900, Some(-2.48), true), // 84 % against 90 %
            (169, 900, Some(-2.28), false),
            (100, 900, Some(-13.86), true),
            (200, 900, Some(4.67), false), // better is no drift
            (200, 1_000, None, false),
            (0, 0, None, false),
        ] {
            let all: Vec<DecidedRow> = rows(NEWEST, newest).into_iter().chain(rows(BEFORE, before)).collect();
            let found = drift(&all);
            let rounded = found.z.map(|z| (z * 100.0).round() / 100.0);
            assert_eq!((rounded, found.drifted), (z, drifted), "{newest} and {before}");
            assert_eq!((found.newest_reports, found.before_reports), (200, 1_000));
            assert_eq!((found.newest_accuracy * 200.0).round() as usize, newest);
        }
        // What is older than those does not count; with one report fewer nothing is said.
        let mut all: Vec<DecidedRow> = rows(NEWEST, 100).into_iter().chain(rows(BEFORE, 900)).collect();
        let z = drift(&all).z;
        all.extend(rows(500, 0));
        assert_eq!(drift(&all).z, z);
        all.truncate(NEWEST + BEFORE - 1);
        assert_eq!((drift(&all).z, drift(&all).drifted), (None, false));
    }
}
