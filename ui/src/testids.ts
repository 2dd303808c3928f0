/** Names by which tests find the parts of the window. Each stands in the DOM as `data-testid`. */
export const TestId = {
  app: 'app',
  rail: 'rail',
  form: 'form',
  chooseFile: 'choose-file',
  sampleChip: 'sample-chip',
  exampleChip: 'example-chip',
  runButton: 'run-button',
  stopButton: 'stop-button',
  newRun: 'new-run',
  live: 'live',
  /** One step of the stepper; `data-stage` and `data-state` say which and how it stands. */
  stage: 'stage',
  tokens: 'tokens',
  elapsed: 'elapsed',
  /** `data-status` says how the run ended, `data-run` which it is. */
  result: 'result',
  /** A `<table>`; every `td` carries its exact value in `data-value` (absent for NULL). */
  resultTable: 'result-table',
  rowCount: 'row-count',
  sqlEditor: 'sql-editor',
  runSql: 'run-sql-button',
  /** `data-check` is its name, `data-passed` `true` or `false`. */
  checkBadge: 'check-badge',
  explanation: 'explanation',
  notSure: 'not-sure',
  draft: 'draft',
  tryAgain: 'try-again',
  /** `data-code` is the code of the fault. */
  errorState: 'error-state',
  historyToggle: 'history-toggle',
  history: 'history',
  historyList: 'history-list',
  /** `data-run` is the run. */
  historyItem: 'history-item',
  historyOlder: 'history-older',
  modelSelect: 'model-select',
  downloadModel: 'download-model',
  downloadProgress: 'download-progress',
  cancelDownload: 'cancel-download',
  settingsMenu: 'settings-menu',
  languageMenu: 'language-menu',
  themeMenu: 'theme-menu',
  toast: 'toast',
} as const;

/** The button of an assistant in the rail. */
export const assistantTestId = (id: string): string => `assistant-${id}`;

/** The control of a field in the form. */
export const fieldTestId = (name: string): string => `field-${name}`;

/** One choice in the language menu: `language-en`, `language-zh-Hant`, `language-zh-Hans`. */
export const languageTestId = (language: string): string => `language-${language}`;

/** One choice in the theme menu: `theme-light`, `theme-dark`, `theme-system`. */
export const themeTestId = (theme: string): string => `theme-${theme}`;
