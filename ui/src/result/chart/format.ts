/** Figures and dates as an axis writes them, in the language of the window. */
import type { Language } from '../../i18n/message';
import type { Picture, Point } from './points';

/** Figures in full, or short where they are large: `1.2M`, `120萬`. */
export function figure(language: Language, isShort: boolean): (value: number) => string {
  const format = new Intl.NumberFormat(language, {
    notation: isShort ? 'compact' : 'standard',
    maximumSignificantDigits: isShort ? 3 : 12,
  });
  return (value) => format.format(value);
}

const GRAINS: Record<Picture['grain'], Intl.DateTimeFormatOptions> = {
  year: { year: 'numeric' },
  month: { year: 'numeric', month: 'short' },
  day: { year: 'numeric', month: 'short', day: 'numeric' },
};

/** What stands at a place along x. */
export function moment(value: Point['x'], picture: Picture, language: Language): string {
  if (value instanceof Date) {
    return new Intl.DateTimeFormat(language, { ...GRAINS[picture.grain], timeZone: 'UTC' }).format(
      value,
    );
  }
  return typeof value === 'number' ? figure(language, false)(value) : value;
}
