//! Times of day, with or without their zone.

use super::number;
use crate::cell::Clock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    pub clock: Clock,
    /// Minutes east of Greenwich, where it was said.
    pub offset: Option<i16>,
}

impl Time {
    /// `13:45`, `13:45:10.250`, `1:45 PM`, `13:45:10+08:00`. `afternoon` is what stood before it.
    pub fn read(text: &str, mut afternoon: Option<bool>) -> Option<Self> {
        let end = text
            .find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '.'))
            .unwrap_or(text.len());
        let (digits, rest) = (&text[..end], text[end..].trim_start());
        let mut offset = None;
        match rest.to_ascii_lowercase().as_str() {
            "" => {}
            "am" | "a.m." | "pm" | "p.m." if afternoon.is_none() => {
                afternoon = Some(rest.starts_with(['p', 'P']));
            }
            "z" | "utc" | "gmt" => offset = Some(0),
            zone => offset = Some(read_offset(zone)?),
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut parts = whole.split(':');
        let mut hour = number(parts.next()?)?.0;
        let (minute, second) = (
            sixtieth(parts.next()?)?,
            sixtieth(parts.next().unwrap_or("00"))?,
        );
        if parts.next().is_some() || digits.ends_with('.') {
            return None;
        }
        if let Some(is_afternoon) = afternoon {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if is_afternoon { 12 } else { 0 };
        }
        let clock = Clock {
            seconds: hour * 3600 + minute * 60 + second,
            nanos: nanos(fraction)?,
        };
        (hour < 24).then_some(Self { clock, offset })
    }
}

fn sixtieth(text: &str) -> Option<u32> {
    let (number, digits) = number(text)?;
    (digits == 2 && number < 60).then_some(number)
}

fn nanos(fraction: &str) -> Option<u32> {
    if fraction.is_empty() {
        return Some(0);
    }
    let is_number = fraction.len() <= 9 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{fraction:0<9}").parse().ok())?
}

/// `+08:00`, `-0500`
fn read_offset(zone: &str) -> Option<i16> {
    let west = zone.starts_with('-');
    let digits = zone.strip_prefix(['+', '-'])?.replace(':', "");
    if digits.len() != 4 {
        return None;
    }
    let (number, _) = number(&digits)?;
    let minutes = i16::try_from(number / 100 * 60 + number % 100).ok()?;
    (minutes <= 14 * 60).then_some(if west { -minutes } else { minutes })
}
