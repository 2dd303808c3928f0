/** Tokens and money, reached through Tauri by the generated commands. */
import { answered } from './answered';
import { commands } from './bindings';
import type { SpendingBackend } from './spending';

export const tauriSpending: SpendingBackend = {
  usage: (by) => answered(commands.usage(by)),
  info: () => answered(commands.spendingInfo()),
  setLimit: async (dollars) => void (await answered(commands.setSpendingLimit(dollars))),
};
