/** Windows, reached through Tauri by the generated commands. */
import { getCurrentWebview } from '@tauri-apps/api/webview';

import { answered } from './answered';
import { commands } from './bindings';
import type { WindowsBackend } from './windows';

export const tauriWindows: WindowsBackend = {
  openBeside: async (assistant, run) => void (await answered(commands.openBeside(assistant, run))),
  showInMain: async (run) => void (await answered(commands.showInMain(run))),
  watchShown: (watch) =>
    getCurrentWebview().listen<string>('show-run', ({ payload }) => watch(payload)),
  close: async () => void (await answered(commands.closeThis())),
  quickAsk: async () => void (await answered(commands.quickAsk())),
  setQuickAsk: (keys) => answered(commands.setQuickAsk(keys)),
  setTray: (words) => answered(commands.setTray(words)),
  tell: async (title, text) => void (await answered(commands.tellSystem(title, text))),
};
