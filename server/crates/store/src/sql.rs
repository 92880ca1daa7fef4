//! The texts of the statements that differ only in how many rows they take.
//!
//! Many rows go in one statement, because a statement costs a round trip. The row counts are
//! powers of two, so each table has a handful of texts, made once and kept prepared by the
//! connections. Nothing from outside ever becomes part of a text: values are always bound.

/// How many rows the texts take, the most first.
const SIZES: [usize; 7] = [64, 32, 16, 8, 4, 2, 1];

/// How an engine marks a bound value.
#[derive(Clone, Copy, Debug)]
pub enum Placeholder {
    /// `?`: SQLite looks every numbered one up by name, which is slow with a thousand.
    Question,
    /// `$1`, `$2` …
    Numbered,
}

impl Placeholder {
    fn write(self, text: &mut String, number: usize) {
        match self {
            Self::Question => text.push('?'),
            Self::Numbered => {
                text.push('$');
                text.push_str(&number.to_string());
            }
        }
    }
}

/// One statement over a list of rows, in every size.
#[derive(Debug)]
pub struct Many {
    texts: [String; SIZES.len()],
}

impl Many {
    /// `prefix (…), (…) suffix`, each row with `width` values; a `{}` in `suffix` is one value
    /// more, bound after all rows.
    fn new(placeholder: Placeholder, prefix: &str, width: usize, suffix: &str) -> Self {
        let texts = SIZES.map(|size| {
            let mut number = 0;
            let mut text = prefix.to_owned();
            for row in 0..size {
                text.push_str(if row == 0 { "(" } else { ", (" });
                for column in 0..width {
                    if column > 0 {
                        text.push_str(", ");
                    }
                    number += 1;
                    placeholder.write(&mut text, number);
                }
                text.push(')');
            }
            for (index, part) in suffix.split("{}").enumerate() {
                if index > 0 {
                    number += 1;
                    placeholder.write(&mut text, number);
                }
                text.push_str(part);
            }
            text
        });
        Self { texts }
    }

    /// Inserts rows of these columns (separated by commas); a row that is there is an error.
    pub fn insert(placeholder: Placeholder, table: &str, columns: &str) -> Self {
        let prefix = format!("INSERT INTO {table} ({columns}) VALUES ");
        Self::new(placeholder, &prefix, columns.split(',').count(), "")
    }

    /// Inserts rows of these columns; a row that is there stays as it is.
    pub fn insert_missing(placeholder: Placeholder, table: &str, columns: &str) -> Self {
        let prefix = format!("INSERT INTO {table} ({columns}) VALUES ");
        Self::new(placeholder, &prefix, columns.split(',').count(), " ON CONFLICT DO NOTHING")
    }

    /// Inserts rows; one that is there by its `key` gets the new values of all other columns,
    /// if `only_if` (a condition on the old row, or nothing) holds.
    pub fn upsert(placeholder: Placeholder, table: &str, key: &str, others: &str, only_if: &str) -> Self {
        let prefix = format!("INSERT INTO {table} ({key}, {others}) VALUES ");
        let width = key.split(',').count() + others.split(',').count();
        let changes: Vec<String> =
            others.split(',').map(str::trim).map(|column| format!("{column} = excluded.{column}")).collect();
        let only_if = if only_if.is_empty() { String::new() } else { format!(" WHERE {only_if}") };
        let suffix = format!(" ON CONFLICT ({key}) DO UPDATE SET {}{only_if}", changes.join(", "));
        Self::new(placeholder, &prefix, width, &suffix)
    }

    /// Deletes a centre's rows by a key of two columns; the centre is bound last.
    ///
    /// The first column is named once more by itself: SQLite takes no index for a pair.
    pub fn delete(placeholder: Placeholder, table: &str, first: &str, second: &str) -> Self {
        let prefix = format!("WITH gone ({first}, {second}) AS (VALUES ");
        let suffix = format!(
            ") DELETE FROM {table} WHERE {first} IN (SELECT {first} FROM gone) \
             AND ({first}, {second}) IN (SELECT {first}, {second} FROM gone) AND centre = {{}}"
        );
        Self::new(placeholder, &prefix, 2, &suffix)
    }

    /// Selects a centre's rows by one column; `select` ends before its WHERE; the centre is
    /// bound last.
    pub fn select(placeholder: Placeholder, select: &str, column: &str) -> Self {
        Self::new(placeholder, &format!("{select} WHERE {column} IN (VALUES "), 1, ") AND centre = {}")
    }

    /// The text for the most rows that are not more than `rows`; none when there are none.
    pub fn for_rows(&self, rows: usize) -> Option<(usize, &str)> {
        SIZES
            .into_iter()
            .zip(&self.texts)
            .find(|(size, _)| *size <= rows)
            .map(|(size, text)| (size, text.as_str()))
    }
}

/// `SELECT columns FROM table` with what follows, as one static text for both engines.
macro_rules! select {
    (events, $($rest:literal),*) => {
        concat!("SELECT centre, seq, stream_kind, stream_id, version, kind, schema_version, occurred_at, \
                 recorded_at, actor, command_id, payload, prev_hash, hash FROM events ", $($rest),*)
    };
    (commands, $($rest:literal),*) => {
        concat!("SELECT command_id, fingerprint, status, outcome, seq, recorded_at FROM commands ", $($rest),*)
    };
    (log_head, $($rest:literal),*) => {
        concat!("SELECT seq, hash, number_day, number_last FROM log_head ", $($rest),*)
    };
    (centres, $($rest:literal),*) => {
        concat!("SELECT code, kind, profile, epoch, created_at FROM centres ", $($rest),*)
    };
    (reference, $($rest:literal),*) => {
        concat!("SELECT centre, kind, name, version, body, recorded_at FROM reference ", $($rest),*)
    };
    (reports, $($rest:literal),*) => {
        concat!("SELECT id, version, number, state, channel, external_id, category, priority, incident, \
                 received_at, closed_at, changed_seq, body FROM reports ", $($rest),*)
    };
    (incidents, $($rest:literal),*) => {
        concat!("SELECT id, version, number, state, category, type, priority, opened_at, closed_at, \
                 changed_seq, body FROM incidents ", $($rest),*)
    };
    (dispatches, $($rest:literal),*) => {
        concat!("SELECT id, version, incident, agency, role, state, overdue, queued_at, ended_at, \
                 changed_seq, body FROM dispatches ", $($rest),*)
    };
    (deliveries, $($rest:literal),*) => {
        concat!("SELECT id, dispatch, revision, contact, channel, state, attempts, next_attempt_at, \
                 changed_seq, body FROM deliveries ", $($rest),*)
    };
    (deadlines, $($rest:literal),*) => {
        concat!("SELECT subject, kind, level, due_at FROM deadlines ", $($rest),*)
    };
    (units, $($rest:literal),*) => {
        concat!("SELECT code, version, agency, state, changed_seq, body FROM units ", $($rest),*)
    };
    (people, $($rest:literal),*) => {
        concat!("SELECT id, report, name, phone, digits, erased_at FROM people ", $($rest),*)
    };
    (texts, $($rest:literal),*) => {
        concat!("SELECT id, about, kind, body, erased_at FROM texts ", $($rest),*)
    };
    (users, $($rest:literal),*) => {
        concat!("SELECT id, name, password_hash, disabled, created_at FROM users ", $($rest),*)
    };
    (grants, $($rest:literal),*) => {
        concat!("SELECT user_id, centre, role, agency FROM grants ", $($rest),*)
    };
    (sessions, $($rest:literal),*) => {
        concat!("SELECT token_hash, user_id, created_at, expires_at, last_seen_at, revoked_at \
                 FROM sessions ", $($rest),*)
    };
    (tokens, $($rest:literal),*) => {
        concat!("SELECT id, token_hash, label, centre, role, agency, channel, created_at, expires_at, \
                 revoked_at FROM tokens ", $($rest),*)
    };
    (endpoints, $($rest:literal),*) => {
        concat!("SELECT centre, agency, channel, target, secret, active, created_at, private_allowed \
                 FROM endpoints ", $($rest),*)
    };
    (contacts, $($rest:literal),*) => {
        concat!("SELECT agency, code, name, phone, place, changed_at FROM contacts ", $($rest),*)
    };
    (contact_links, $($rest:literal),*) => {
        concat!("SELECT agency, contact, channel, target FROM contact_links ", $($rest),*)
    };
    (duties, $($rest:literal),*) => {
        concat!("SELECT agency, contact, starts_at, ends_at, place FROM duties ", $($rest),*)
    };
    (photos, $($rest:literal),*) => {
        concat!("SELECT id, dispatch, media_type, body, created_at, erased_at FROM photos ", $($rest),*)
    };
    (push_subscriptions, $($rest:literal),*) => {
        concat!("SELECT agency, endpoint, p256dh, auth, user_id, created_at FROM push_subscriptions ", $($rest),*)
    };
    (unit_positions, $($rest:literal),*) => {
        concat!("SELECT unit, at, lat, lon, accuracy_m, speed_kmh, heading, received_at \
                 FROM unit_positions ", $($rest),*)
    };
    (unit_last_positions, $($rest:literal),*) => {
        concat!("SELECT unit, at, lat, lon, accuracy_m, speed_kmh, heading, received_at \
                 FROM unit_last_positions ", $($rest),*)
    };
    (unit_devices, $($rest:literal),*) => {
        concat!("SELECT device, unit, bound_by, bound_at FROM unit_devices ", $($rest),*)
    };
}
pub(crate) use select;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_on_through_a_statement() {
        let many = Many::upsert(Placeholder::Numbered, "t", "a, b", "c", "t.d IS NULL");
        let (size, text) = many.for_rows(3).expect("a text");
        assert_eq!(size, 2);
        assert_eq!(
            text,
            "INSERT INTO t (a, b, c) VALUES ($1, $2, $3), ($4, $5, $6) \
             ON CONFLICT (a, b) DO UPDATE SET c = excluded.c WHERE t.d IS NULL"
        );
        let many = Many::select(Placeholder::Numbered, "SELECT a FROM t", "a");
        let text = "SELECT a FROM t WHERE a IN (VALUES ($1), ($2)) AND centre = $3";
        assert_eq!(many.for_rows(2), Some((2, text)));
        let many = Many::insert(Placeholder::Question, "t", "a, b");
        assert_eq!(many.for_rows(1), Some((1, "INSERT INTO t (a, b) VALUES (?, ?)")));
        assert_eq!(many.for_rows(0), None);
    }
}
