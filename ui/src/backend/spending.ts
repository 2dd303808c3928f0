/** The part of the desk that counts: tokens, what they cost, and how much may be spent. */
import type { SpendingInfo, UsageBy, UsageLine } from './bindings';

export const USAGE_BY = ['month', 'assistant', 'model'] as const satisfies readonly UsageBy[];

export interface SpendingBackend {
  /** What all runs used, added up. */
  usage(by: UsageBy): Promise<UsageLine[]>;
  /** What was spent this month, and how much may be. */
  info(): Promise<SpendingInfo>;
  /** Sets how many dollars may be spent in a month, as text; nothing for any. */
  setLimit(dollars: string | null): Promise<void>;
}
