/** Names by which tests find the parts of the window. Each stands in the DOM as `data-testid`. */
export const TestId = {
  app: 'app',
  rail: 'rail',
  /** The button in the rail that shows every assistant. */
  showGallery: 'show-gallery',
  galleryView: 'gallery-view',
  gallerySearch: 'gallery-search',
  galleryFilter: 'gallery-filter',
  favourite: 'favourite',
  form: 'form',
  moreFields: 'more-fields',
  tableGrid: 'table-grid',
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
  copyResult: 'copy-result',
  saveFile: 'save-file',
  saveZip: 'save-zip',
  findings: 'findings',
  /** `data-state` is `soon`, `drawn` or `faulty`. */
  equation: 'equation',
  /** How an equation is read aloud. */
  spoken: 'spoken',
  /** `data-risk` is what could come of it. */
  command: 'command',
  /** `data-language` is its language. */
  code: 'code',
  /** `data-format` is how it is shown. */
  text: 'text',
  textTable: 'text-table',
  palette: 'palette',
  /** `data-state` is `soon`, `drawn` or `faulty`. */
  diagram: 'diagram',
  newAssistant: 'new-assistant',
  importAssistant: 'import-assistant',
  importText: 'import-text',
  importButton: 'import-button',
  editAssistant: 'edit-assistant',
  copyAssistant: 'copy-assistant',
  builder: 'builder',
  builderMenu: 'builder-menu',
  exportAssistant: 'export-assistant',
  saveAssistant: 'save-assistant',
  closeBuilder: 'close-builder',
  builderTitle: 'builder-title',
  builderDescription: 'builder-description',
  builderButton: 'builder-button',
  builderIcon: 'builder-icon',
  /** `data-field` is its name. */
  builderField: 'builder-field',
  addField: 'add-field',
  builderSystem: 'builder-system',
  builderTemplate: 'builder-template',
  builderShape: 'builder-shape',
  shots: 'shots',
  addShot: 'add-shot',
  testShots: 'test-shots',
  passRate: 'pass-rate',
  tryPane: 'try-pane',
  tryButton: 'try-button',
  tryResult: 'try-result',
  tryBefore: 'try-before',
  chat: 'chat',
  /** `data-role` is whose it is; an answer that is over is a `result`. */
  turn: 'turn',
  editTurn: 'edit-turn',
  rephrase: 'rephrase',
  againTurn: 'again-turn',
  goOn: 'go-on',
  versions: 'versions',
  proposal: 'proposal',
  /** `data-doubts` is how many things about it are open. */
  entry: 'entry',
  /** `data-field` is what is not certain. */
  doubt: 'doubt',
  doubtChoice: 'doubt-choice',
  unresolved: 'unresolved',
  postBook: 'post-book',
  postEntries: 'post-entries',
  posted: 'posted',
  statement: 'statement',
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

/** The card of an assistant in the gallery. */
export const cardTestId = (id: string): string => `card-${id}`;

/** The control of a field in the form. */
export const fieldTestId = (name: string): string => `field-${name}`;

/** The list that says which model answers for an assistant, or for `everyone`. */
export const assignmentTestId = (assistant: string): string => `model-of-${assistant}`;

/** One choice in the language menu: `language-en`, `language-zh-Hant`, `language-zh-Hans`. */
export const languageTestId = (language: string): string => `language-${language}`;

/** One choice in the theme menu: `theme-light`, `theme-dark`, `theme-system`. */
export const themeTestId = (theme: string): string => `theme-${theme}`;
