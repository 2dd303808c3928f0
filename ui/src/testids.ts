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
  /** The answer in one sentence. */
  headline: 'headline',
  /** `data-mark` is how it is drawn. */
  chart: 'chart',
  chartMark: 'chart-mark',
  saveChart: 'save-chart',
  exportMenu: 'export-menu',
  exportCsv: 'export-csv',
  exportXlsx: 'export-xlsx',
  exportJson: 'export-json',
  exportMarkdown: 'export-markdown',
  exportTable: 'export-table',
  exportSql: 'export-sql',
  /** Says that an answer is shown of which the desk is not sure. */
  unsure: 'unsure',
  readings: 'readings',
  reading: 'reading',
  showSchema: 'show-schema',
  schema: 'schema',
  schemaSearch: 'schema-search',
  /** `data-table` is its name. */
  schemaTable: 'schema-table',
  /** `data-column` is its name. */
  schemaColumn: 'schema-column',
  pageFrame: 'page-frame',
  pageUndo: 'page-undo',
  pageRedo: 'page-redo',
  pageKeep: 'page-keep',
  pageExport: 'page-export',
  pageAudit: 'page-audit',
  pageCode: 'page-code',
  pageCopy: 'page-copy',
  pageEdit: 'page-edit',
  pageAdd: 'page-add',
  /** `data-section` is its id. */
  pageSection: 'page-section',
  /** `data-palette` is its id. */
  pagePalette: 'page-palette',
  cssFrame: 'css-frame',
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
  /** The button in the rail that shows the models. */
  showModels: 'show-models',
  /** Beside a fault that is mended there. */
  openModels: 'open-models',
  modelsView: 'models-view',
  modelShelf: 'model-shelf',
  importModel: 'import-model',
  /** `data-model` is the model, `data-state` how it stands (models/standing.ts). */
  modelRow: 'model-row',
  fetchModel: 'fetch-model',
  stopFetch: 'stop-fetch',
  byteProgress: 'byte-progress',
  useModel: 'use-model',
  checkModel: 'check-model',
  removeModel: 'remove-model',
  /** The button of the dialog that asks whether to remove something. */
  confirmRemove: 'confirm-remove',
  assignments: 'assignments',
  serviceShelf: 'service-shelf',
  addService: 'add-service',
  /** `data-service` is its name. */
  serviceRow: 'service-row',
  changeService: 'change-service',
  removeService: 'remove-service',
  serviceModel: 'service-model',
  testService: 'test-service',
  /** `data-state` is `running`, `over` or `faulty`. */
  serviceTrial: 'service-trial',
  serviceForm: 'service-form',
  serviceKind: 'service-kind',
  serviceName: 'service-name',
  serviceAddress: 'service-address',
  serviceKey: 'service-key',
  saveService: 'save-service',
  settingsMenu: 'settings-menu',
  languageMenu: 'language-menu',
  themeMenu: 'theme-menu',
  toast: 'toast',
} as const;

/** The button of an assistant in the rail. */
export const assistantTestId = (id: string): string => `assistant-${id}`;

/** The control of a field in the form. */
export const fieldTestId = (name: string): string => `field-${name}`;

/** The list that says which model answers for an assistant, or for `everyone`. */
export const assignmentTestId = (assistant: string): string => `model-of-${assistant}`;

/** One choice in the language menu: `language-en`, `language-zh-Hant`, `language-zh-Hans`. */
export const languageTestId = (language: string): string => `language-${language}`;

/** One choice in the theme menu: `theme-light`, `theme-dark`, `theme-system`. */
export const themeTestId = (theme: string): string => `theme-${theme}`;
