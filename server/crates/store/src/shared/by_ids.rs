//! Selecting the rows of a list of values, many values to a statement.
//!
//! Compiled once for each engine.

use super::{Args, Conn, Db, Row};
use crate::error::StoreError;
use crate::sql::Many;
use sqlx::error::BoxDynError;
use sqlx::{Arguments as _, Encode, FromRow, Type};

/// The rows that `many` selects for these values, in no order; each value once.
pub async fn select<T, R>(
    conn: &mut Conn,
    many: &'static Many,
    centre: &str,
    values: &[T],
) -> Result<Vec<R>, StoreError>
where
    T: Clone + Sync + for<'q> Encode<'q, Db> + Type<Db>,
    R: for<'r> FromRow<'r, Row> + Send + Unpin,
{
    let mut rows = Vec::new();
    let mut rest = values;
    while let Some((size, text)) = many.for_rows(rest.len()) {
        let (now, later) = rest.split_at(size);
        let args = bind(centre, now).map_err(|error| StoreError::Invalid(error.to_string()))?;
        rows.extend(sqlx::query_as_with::<Db, R, _>(text, args).fetch_all(&mut *conn).await?);
        rest = later;
    }
    Ok(rows)
}

fn bind<T>(centre: &str, values: &[T]) -> Result<Args, BoxDynError>
where
    T: Clone + for<'q> Encode<'q, Db> + Type<Db>,
{
    let mut args = Args::default();
    for value in values {
        args.add(value.clone())?;
    }
    args.add(centre)?;
    Ok(args)
}
