/** Windows, played: nothing opens, and what was asked for is noted. */
import type { QuickAsk, RunId, TrayWords } from '../bindings';
import type { WindowsBackend } from '../windows';

export interface WindowsScript {
  /** What comes of keys for the small window. */
  quick?: QuickAsk;
  /** The system has no bar for signs. */
  hasNoBar?: boolean;
}

export class ScriptedWindows implements WindowsBackend {
  /** Every window that was asked for, for tests. */
  readonly beside: { assistant: string; run: RunId | null }[] = [];
  readonly shown: (RunId | null)[] = [];
  /** Everything that the system was to say, for tests. */
  readonly told: { title: string; text: string }[] = [];
  /** How often the small window was asked for, for tests. */
  quickAsked = 0;
  keys: string | null = null;
  tray: TrayWords | null = null;
  isClosed = false;
  #script: WindowsScript;
  #watch: ((run: RunId) => void) | null = null;

  constructor(script: WindowsScript) {
    this.#script = script;
  }

  async openBeside(assistant: string, run: RunId | null): Promise<void> {
    this.beside.push({ assistant, run });
  }

  async showInMain(run: RunId | null): Promise<void> {
    this.shown.push(run);
  }

  async watchShown(watch: (run: RunId) => void): Promise<() => void> {
    this.#watch = watch;
    return () => void (this.#watch = null);
  }

  /** Another window wants a run shown here. */
  show(run: RunId): void {
    this.#watch?.(run);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  async quickAsk(): Promise<void> {
    this.quickAsked += 1;
  }

  async setQuickAsk(keys: string | null): Promise<QuickAsk> {
    this.keys = keys;
    return keys === null ? 'off' : (this.#script.quick ?? 'on');
  }

  async setTray(words: TrayWords | null): Promise<boolean> {
    this.tray = this.#script.hasNoBar ? null : words;
    return this.tray !== null;
  }

  async tell(title: string, text: string): Promise<void> {
    this.told.push({ title, text });
  }
}
