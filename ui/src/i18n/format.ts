/** Figures, sizes and times in the words of a language. Pure: the language is always given. */
import type { Language } from './message';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `1.1 GB`, `491 MB`: decimal units, as file managers and shops count. */
export function bytes(count: number, language: Language): string {
  const [size, unit] =
    count >= 1e9
      ? [count / 1e9, 'gigabyte']
      : count >= 1e6
        ? [count / 1e6, 'megabyte']
        : [count / 1e3, 'kilobyte'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'gigabyte' ? 1 : 0,
    minimumFractionDigits: unit === 'gigabyte' ? 1 : 0,
  }).format(size);
}

/** `84 ms`, `1.8 s`, `2 min 5 s`. */
export function duration(milliseconds: number, language: Language, digits = 1): string {
  if (milliseconds < 100) return unit(Math.round(milliseconds), 'millisecond', language);
  if (milliseconds < 10_000) return unit(milliseconds / 1000, 'second', language, digits);
  if (milliseconds < MINUTE) return unit(Math.round(milliseconds / 1000), 'second', language);
  const seconds = Math.round(milliseconds / 1000);
  const minutes = unit(Math.floor(seconds / 60), 'minute', language);
  return `${minutes} ${unit(seconds % 60, 'second', language)}`;
}

function unit(value: number, name: string, language: Language, digits = 0): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: name,
    unitDisplay: language === 'en' ? 'short' : 'long',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .format(value)
    .replace(/\bsec\b/, 's');
}

/** `86%`. */
export function percent(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(
    share,
  );
}

/** How long ago within a day (`5 minutes ago`), or the time of day. */
export function timeAgo(then: Date, now: Date, language: Language): string {
  const passed = now.getTime() - then.getTime();
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'long' });
  if (passed < MINUTE) return relative.format(0, 'second');
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), 'minute');
  if (dayNumber(then) === dayNumber(now))
    return relative.format(-Math.floor(passed / HOUR), 'hour');
  return new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(then);
}

/** Date and time in full, for a tooltip. */
export function dateTime(then: Date, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(then);
}

/** `Monday 3 March`, with the year where it is not this one. */
export function dayName(then: Date, now: Date, language: Language): string {
  const year = then.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year,
  }).format(then);
}

/** Days between two moments as the calendar on the wall counts them. */
export function daysBetween(then: Date, now: Date): number {
  return dayNumber(now) - dayNumber(then);
}

function dayNumber(moment: Date): number {
  return Math.round(Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) / DAY);
}

/** A day that is written as ISO does and is in the calendar; nothing otherwise. */
export function readDay(text: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : null;
}

/** `Friday 27 November 2026`. */
export function fullDay(day: Date, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full' }).format(day);
}

/** A number with so many digits after its point. */
export function decimal(value: number, digits: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** `$1.25`, `$0.0004`: as many digits as a small sum needs to be seen. */
export function money(dollars: number, language: Language): string {
  const isSmall = dollars !== 0 && Math.abs(dollars) < 0.1;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: isSmall ? 4 : 2,
  }).format(dollars);
}

/** `November 2026`, for a month that is written as ISO does. */
export function monthName(month: string, language: Language): string {
  const first = readDay(`${month}-01`);
  if (!first) return month;
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long' }).format(first);
}
