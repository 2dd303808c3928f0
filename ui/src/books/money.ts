/** Sums of money as the books write them: decimals in texts, reckoned exactly. Pure. */

const AMOUNT = /^-?\d+(\.\d+)?$/;

/** The day that a person wrote, as ISO has it; nothing where it is none. */
export function tidiedDay(text: string): string | null {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim());
  if (!parts) return null;
  const [, year = '', month = '', day = ''] = parts;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // The 31st of February would become a day of March.
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

interface Exact {
  readonly units: bigint;
  /** Digits after the point. */
  readonly scale: number;
}

/** Whether a text is an amount. */
export const isAmount = (text: string): boolean => AMOUNT.test(text.trim());

/** The amount that a person wrote: without gaps and commas between thousands. */
export const tidied = (text: string): string =>
  text
    .trim()
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/,(?=\d{3}(\D|$))/g, '')
    .replace(/^\+/, '')
    .replace('−', '-');

function exact(text: string): Exact {
  if (!isAmount(text)) return { units: 0n, scale: 0 };
  const [whole = '0', fraction = ''] = text.trim().split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function written({ units, scale }: Exact): string {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  return sign + (scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

/** The sum; what is no amount counts as nothing. */
export function sum(amounts: readonly string[]): string {
  const parts = amounts.map(exact);
  const scale = Math.max(0, ...parts.map((part) => part.scale));
  const units = parts.reduce(
    (total, part) => total + part.units * 10n ** BigInt(scale - part.scale),
    0n,
  );
  return written({ units, scale });
}

export function negated(amount: string): string {
  const text = amount.trim();
  if (isZero(text)) return text.replace(/^-/, '');
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

export const isNegative = (amount: string): boolean => exact(amount).units < 0n;
export const isZero = (amount: string): boolean => exact(amount).units === 0n;
/** The amount without its sign. */
export const size = (amount: string): string => amount.trim().replace(/^-/, '');
