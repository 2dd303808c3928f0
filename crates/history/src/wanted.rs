//! Which runs are looked for: what a person says, and what that means for the database.

use assistant::{RunId, Status};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use ulid::Ulid;

use crate::{HistoryError, decode};

/// Which runs are looked for. One that says nothing finds all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Wanted {
    /// Words that all stand in the title, the inputs, the output or the tags.
    pub words: String,
    /// Id of the assistant.
    pub assistant: Option<String>,
    /// Where they stand.
    pub status: Option<Status>,
    /// Only those that the person has set apart.
    pub starred: bool,
    /// Id of the model that was to answer.
    #[serde(default)]
    pub model: Option<String>,
    /// A tag that they have.
    #[serde(default)]
    pub tag: Option<String>,
    /// The first day on which they began, as `2026-03-31` where the program runs, or a moment in UTC.
    #[serde(default)]
    pub since: Option<String>,
    /// The last such day, or the moment before which they began.
    #[serde(default)]
    pub until: Option<String>,
}

/// What is wanted, in the database's terms.
pub(crate) struct Filter<'a> {
    wanted: &'a Wanted,
    /// The least name that is old enough to be wanted, and the least that is too young.
    first: Option<String>,
    end: Option<String>,
}

impl<'a> Filter<'a> {
    /// Those that are older than `before`, where one is named. The page and the days are one span: told
    /// of two ends, the database would walk from the wrong one.
    ///
    /// # Errors
    /// When a day is none.
    pub(crate) fn new(wanted: &'a Wanted, before: Option<&RunId>) -> Result<Self, HistoryError> {
        let since = wanted.since.as_deref();
        let until = wanted.until.as_deref();
        let until = until.map(|text| name_at("until", text, 1)).transpose()?;
        Ok(Self {
            wanted,
            first: since.map(|text| name_at("since", text, 0)).transpose()?,
            end: until
                .into_iter()
                .chain(before.map(|run| run.0.clone()))
                .min(),
        })
    }

    /// The least name that is wanted.
    pub(crate) fn first(&self) -> Option<&str> {
        self.first.as_deref()
    }

    /// The least name that is too young.
    pub(crate) fn end(&self) -> Option<&str> {
        self.end.as_deref()
    }

    /// Adds the span of names, which are in that column.
    pub(crate) fn push_span(&self, query: &mut QueryBuilder<Sqlite>, column: &str) {
        if let Some(first) = &self.first {
            query
                .push(format!(" AND {column} >= "))
                .push_bind(first.clone());
        }
        if let Some(end) = &self.end {
            query
                .push(format!(" AND {column} < "))
                .push_bind(end.clone());
        }
    }

    /// The tag that leads a list, where one is wanted.
    pub(crate) fn tag(&self) -> Option<&str> {
        self.wanted.tag.as_deref().map(str::trim)
    }

    /// Adds its conditions, but for the tag and the span, to a query in which the runs are called `r`.
    ///
    /// Only one of them may lead the list, the one that is likely to leave the fewest runs: a `+`
    /// keeps the database from following the index of another, of whose size it knows nothing.
    pub(crate) fn push(&self, query: &mut QueryBuilder<Sqlite>, mut is_led: bool) {
        let wanted = self.wanted;
        let mut equal = |query: &mut QueryBuilder<Sqlite>, column: &str, value: String| {
            let sign = if is_led { "+" } else { "" };
            is_led = true;
            query
                .push(format!(" AND {sign}r.{column} = "))
                .push_bind(value);
        };
        if let Some(assistant) = &wanted.assistant {
            equal(query, "assistant", assistant.clone());
        }
        if let Some(model) = &wanted.model {
            equal(query, "model", model.clone());
        }
        if let Some(status) = wanted.status {
            equal(query, "status", decode::word(status));
        }
        if wanted.starred {
            query.push(" AND r.starred <> 0");
        }
    }

    /// Adds the tag as one more condition, where something else leads.
    pub(crate) fn push_tag(&self, query: &mut QueryBuilder<Sqlite>) {
        if let Some(tag) = self.tag() {
            query
                .push(" AND EXISTS (SELECT 1 FROM tags WHERE run = r.id AND tag = ")
                .push_bind(tag.to_owned())
                .push(")");
        }
    }

    /// Whether something narrower than the conditions of [`Self::push`] leads a list.
    pub(crate) fn is_starred(&self) -> bool {
        self.wanted.starred
    }
}

/// The least name of a run that begins at a moment, or at the beginning of a day and some days later.
/// Names sort by time, so a span of time is a span of names.
fn name_at(field: &'static str, text: &str, days: i64) -> Result<String, HistoryError> {
    let moment = moment(text.trim(), days).ok_or_else(|| HistoryError::DayInvalid {
        field,
        value: text.to_owned(),
    })?;
    Ok(name_of(moment))
}

/// The least name of a run that begins at a moment.
pub(crate) fn name_of(moment: Timestamp) -> String {
    let millis = u64::try_from(moment.as_millisecond()).unwrap_or_default();
    Ulid::from_parts(millis, 0).to_string()
}

fn moment(text: &str, days: i64) -> Option<Timestamp> {
    if text.len() != "2026-03-31".len() {
        return text.parse().ok();
    }
    let day: Date = text.parse().ok()?;
    let day = day.checked_add(days.days()).ok()?;
    Some(day.to_zoned(TimeZone::system()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_days_is_a_span_of_names() {
        let since = name_at("since", "2026-03-31", 0).unwrap();
        let until = name_at("until", "2026-03-31", 1).unwrap();
        let next = name_at("since", "2026-04-01", 0).unwrap();
        assert!(since < until);
        assert_eq!(until, next, "the last day belongs to the span");
        let noon = name_at("since", "2026-03-31T12:00:00Z", 0).unwrap();
        assert_eq!(noon.len(), 26);
        assert_eq!(
            noon,
            name_of("2026-03-31T12:00:00Z".parse().unwrap()),
            "a moment is what it is"
        );
    }

    #[test]
    fn what_is_no_day_is_said() {
        for text in ["", "yesterday", "2026-02-30", "31.03.2026", "2026-3-31"] {
            let error = name_at("since", text, 0).unwrap_err();
            assert!(
                matches!(&error, HistoryError::DayInvalid { field: "since", value } if value == text),
                "{text}: {error}"
            );
        }
    }
}
