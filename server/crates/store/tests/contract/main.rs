//! The contract of the store: every case runs on SQLite and on PostgreSQL.
//!
//! A case gets a [`Bench`]: a fresh database with one centre, opened as often as it likes.
//! Without PostgreSQL the suite fails; it never skips an engine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a case that meets the unexpected has failed"
)]

mod access;
mod append;
mod bench;
mod decided;
mod faults;
mod load;
mod pages;
mod positions;
mod rows;

/// Makes each case two tests, one for each engine.
macro_rules! contract {
    ($($module:ident: $($case:ident),+ $(,)?;)+) => {
        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::$module::$case(crate::bench::Bench::sqlite().await).await;
                }
            )+)+
        }
        mod postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::$module::$case(crate::bench::Bench::postgres(stringify!($case)).await).await;
                }
            )+)+
        }
    };
}

contract! {
    append: an_append_is_read_back_whole, an_append_on_an_old_head_stores_nothing,
        two_writers_take_turns_and_lose_nothing, an_answered_command_is_found,
        a_batch_that_fails_in_its_last_table_leaves_nothing, a_batch_with_a_gap_is_refused,
        the_last_mention_of_a_row_counts, many_rows_in_odd_numbers_are_all_stored,
        the_chain_shows_a_changed_event, a_dropped_append_leaves_the_store_usable,
        an_external_id_is_taken_once;
    load: open_rows_come_with_all_that_belongs_to_them, open_rows_are_of_one_moment,
        an_incident_comes_whole, changed_rows_come_in_order_and_say_when_cut,
        deliveries_come_while_something_is_left_to_do, an_external_id_finds_its_report;
    pages: pages_are_complete_and_without_doubles, filters_narrow_lists,
        everything_is_read_in_order_of_id, the_reports_of_a_number_come_newest_first;
    decided: what_was_suggested_comes_with_what_it_became, decided_reports_keep_to_range_limit_and_centre;
    positions: a_track_is_read_back_in_order_and_in_its_time, a_last_position_never_goes_back,
        old_positions_are_forgotten_some_at_a_time, a_device_rides_in_one_unit;
    access: erased_is_gone_and_stays_gone, sessions_begin_and_end, tokens_are_found_until_revoked,
        users_and_rights_are_replaced, endpoints_are_changed_in_place, the_newest_reference_is_in_force,
        a_centre_keeps_its_log;
    faults: a_locked_database_is_busy_and_recovers, a_closed_store_is_unavailable,
        a_newer_schema_is_refused, a_lost_database_is_unavailable, a_durable_log_survives_reopening,
        other_nodes_are_heard;
}
