//! What the reading of dates, numbers and currencies finds in a text, for holding it against
//! specifications from elsewhere. The assistant itself does not use it.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::date::{self, Calendar};
use crate::money::{self, Named, Sense};
use crate::number;
use crate::text::Text;

/// The dates that a text names, seen from `today`; nothing for a day that there is not.
#[must_use]
pub fn dates(text: &str, today: Date) -> Vec<(String, Option<Date>)> {
    let text = Text::new(text);
    let month_first = text.folded().chars().any(crate::text::is_han);
    date::find(text.folded(), &Calendar { today, month_first })
        .into_iter()
        .map(|mention| (text.original(&mention.span).to_owned(), mention.day.date))
        .collect()
}

/// The numbers in a text, whatever they count.
#[must_use]
pub fn numbers(text: &str) -> Vec<(String, Option<Decimal>)> {
    let text = Text::new(text);
    number::find(text.folded(), &[])
        .into_iter()
        .map(|number| (text.original(&number.span).to_owned(), number.value))
        .collect()
}

/// The sums of money whose currency is named, with its code or, of `$` and the like, the first of those
/// that it may be.
#[must_use]
pub fn sums(text: &str) -> Vec<(Option<Decimal>, String)> {
    let text = Text::new(text);
    money::figures(&text, &[])
        .into_iter()
        .filter(|figure| figure.sense == Sense::Money)
        .filter_map(|figure| {
            let code = match figure.named? {
                Named::Code(code) => code,
                Named::OneOf(codes, _) => codes.first()?.clone(),
                Named::Unknown(word) => word,
            };
            Some((figure.value, code))
        })
        .collect()
}
