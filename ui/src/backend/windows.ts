/** The part of the desk that knows windows: others beside this one, the system's bar, its notices. */
import type { QuickAsk, RunId, TrayWords } from './bindings';

export interface WindowsBackend {
  /** Opens an assistant, or one of its runs, in a window of its own. */
  openBeside(assistant: string, run: RunId | null): Promise<void>;
  /** Brings the window with the whole desk to the front, with a run on its table. */
  showInMain(run: RunId | null): Promise<void>;
  /** Hears of runs that another window wants shown here. What comes back stops listening. */
  watchShown(watch: (run: RunId) => void): Promise<() => void>;
  /** Closes this window. */
  close(): Promise<void>;
  /** Opens the small window, or closes it. */
  quickAsk(): Promise<void>;
  /** Which keys open the small window, from wherever one is; nothing for none. */
  setQuickAsk(keys: string | null): Promise<QuickAsk>;
  /** Stands in the system's bar with these words, or no longer. Whether it does now. */
  setTray(words: TrayWords | null): Promise<boolean>;
  /** Has the system say something. */
  tell(title: string, text: string): Promise<void>;
}
