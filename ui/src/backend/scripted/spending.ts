/** Tokens and money, played. */
import type { Fault, SpendingInfo, UsageBy, UsageLine } from '../bindings';
import type { SpendingBackend } from '../spending';
import { fault } from './fault';

export interface SpendingScript {
  usage?: Readonly<Record<UsageBy, readonly UsageLine[]>>;
  usageFault?: Fault;
  spent?: string;
  unpriced?: readonly string[];
}

const line = (
  name: string,
  [runs, prompt, cached, output]: readonly [number, number, number, number],
  dollars: string | null = null,
): UsageLine => ({ name, runs, prompt, cached, output, dollars });

/** Some months of use, with a service that is paid. */
export const used: Readonly<Record<UsageBy, readonly UsageLine[]>> = {
  month: [
    line('2026-11', [64, 38_200, 29_400, 6_900], '0.4218'),
    line('2026-10', [112, 71_000, 58_100, 12_300], '1.0725'),
    line('2026-09', [41, 22_500, 17_800, 4_100]),
    line('2026-08', [18, 9_800, 7_200, 1_900]),
  ],
  assistant: [
    line('email', [74, 31_000, 22_000, 11_400], '1.0725'),
    line('sql', [133, 96_500, 84_300, 9_100], '0.4218'),
    line('summary', [28, 14_000, 6_200, 4_700]),
  ],
  model: [
    line('office:claude-sonnet-4-5', [37, 41_000, 30_000, 8_200], '1.4943'),
    line('qwen2.5-coder-1.5b', [198, 100_500, 82_500, 17_000]),
  ],
};

const NOTHING = { month: [], assistant: [], model: [] };

export class ScriptedSpending implements SpendingBackend {
  /** The limit as it is now, for tests. */
  limit: string | null = null;
  #script: SpendingScript;

  constructor(script: SpendingScript) {
    this.#script = script;
  }

  async usage(by: UsageBy): Promise<UsageLine[]> {
    if (this.#script.usageFault) throw this.#script.usageFault;
    return [...(this.#script.usage ?? NOTHING)[by]];
  }

  async info(): Promise<SpendingInfo> {
    return {
      month: '2026-11',
      spent: this.#script.spent ?? '0.00',
      limit: this.limit,
      unpriced: [...(this.#script.unpriced ?? [])],
    };
  }

  async setLimit(dollars: string | null): Promise<void> {
    if (dollars !== null && !/^\d+(\.\d{1,6})?$/.test(dollars))
      throw fault('input-invalid', 'This is no amount of dollars.', {
        input: 'limit',
        value: dollars,
      });
    this.limit = dollars;
  }
}
