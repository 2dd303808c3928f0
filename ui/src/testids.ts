/** Names by which tests find the parts of the window. Each stands in the DOM as `data-testid`. */
export const TestId = {
  /** Says that a part of the window could not be drawn, or that something failed. */
  slip: 'slip',
  slipGo: 'slip-go',
  slipAgain: 'slip-again',
  /** What was used and what it cost. */
  showUsage: 'show-usage',
  usageView: 'usage-view',
  usageBy: 'usage-by',
  usageMeasure: 'usage-measure',
  usageTable: 'usage-table',
  spending: 'spending',
  /** `data-spent` is the sum of this month, in dollars. */
  spent: 'spent',
  spendingLimit: 'spending-limit',
  setSpendingLimit: 'set-spending-limit',
  /** Makes what stands in a form what stands there from now on. */
  keepDefaults: 'keep-defaults',
  settingsDefaults: 'settings-defaults',
  defaultsOf: 'defaults-of',
  settingsOutside: 'settings-outside',
  settingsQuick: 'settings-quick',
  settingsNotices: 'settings-notices',
  settingsTray: 'settings-tray',
  openBeside: 'open-beside',
  showInMain: 'show-in-main',
  quickChoice: 'quick-choice',
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
  showBooks: 'show-books',
  bookshelf: 'bookshelf',
  bookChoice: 'book-choice',
  bookCompare: 'book-compare',
  bookImport: 'book-import',
  bookExport: 'book-export',
  bookVerify: 'book-verify',
  bookVerified: 'book-verified',
  bookImported: 'book-imported',
  bookTies: 'book-ties',
  /** `data-statement` is its name; every figure carries its exact value in `data-value`. */
  bookStatement: 'book-statement',
  bookFigure: 'book-figure',
  bookEntries: 'book-entries',
  /** `data-entry` is its number. */
  bookEntry: 'book-entry',
  bookReverse: 'book-reverse',
  bookAttach: 'book-attach',
  bookFile: 'book-file',
  bookSample: 'book-sample',
  bookCharts: 'book-charts',
  bookPeriod: 'book-period',
  /** `data-period` is its name, or its span where it has none. */
  bookPeriodChoice: 'book-period-choice',
  bookFrom: 'book-from',
  bookTo: 'book-to',
  bookDays: 'book-days',
  bookKeeping: 'book-keeping',
  bookOpen: 'book-open',
  openDay: 'open-day',
  openGrid: 'open-grid',
  openTake: 'open-take',
  bookRate: 'book-rate',
  rateCurrency: 'rate-currency',
  rateWorth: 'rate-worth',
  rateDay: 'rate-day',
  rateNote: 'rate-note',
  bookClose: 'book-close',
  bookLock: 'book-lock',
  /** Asks a question that follows the answer. */
  followUp: 'follow-up',
  followUpQuestion: 'follow-up-question',
  followUpButton: 'follow-up-button',
  followed: 'followed',
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
  quiz: 'quiz',
  /** `data-state` is `soon`, `drawn` or `faulty`. */
  diagram: 'diagram',
  newAssistant: 'new-assistant',
  importAssistant: 'import-assistant',
  importText: 'import-text',
  /** Says that a file which hangs over the window may be let go. */
  dropHere: 'drop-here',
  importButton: 'import-button',
  editAssistant: 'edit-assistant',
  copyAssistant: 'copy-assistant',
  builder: 'builder',
  builderMenu: 'builder-menu',
  exportAssistant: 'export-assistant',
  removeAssistant: 'remove-assistant',
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
  /** `data-passed` is `true` or `false`. */
  shotVerdict: 'shot-verdict',
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
  /** Makes an entry of a piece that is none. */
  takeUp: 'take-up',
  postBook: 'post-book',
  postEntries: 'post-entries',
  posted: 'posted',
  /** Opens the book that was posted into. */
  openBook: 'open-book',
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
  ownWords: 'own-words',
  /** `data-on` is what it writes about. */
  writeNote: 'write-note',
  noteForm: 'note-form',
  noteName: 'note-name',
  noteText: 'note-text',
  saveNote: 'save-note',
  showConnections: 'show-connections',
  connectionChip: 'connection-chip',
  connections: 'connections',
  connectionForm: 'connection-form',
  /** `data-connection` is its name. */
  connectionRow: 'connection-row',
  connectionName: 'connection-name',
  connectionWay: 'connection-way',
  connectionAddress: 'connection-address',
  connectionTrial: 'connection-trial',
  testConnection: 'test-connection',
  saveConnection: 'save-connection',
  useConnection: 'use-connection',
  removeConnection: 'remove-connection',
  pageFrame: 'page-frame',
  pageUndo: 'page-undo',
  pageRedo: 'page-redo',
  pageKeep: 'page-keep',
  pageExport: 'page-export',
  pageExportZip: 'page-export-zip',
  pageExportPng: 'page-export-png',
  pageExportMenu: 'page-export-menu',
  pageCopyHtml: 'page-copy-html',
  pageCopyCss: 'page-copy-css',
  pageFull: 'page-full',
  /** The glass over a page; `data-held` is the part that is held, `data-scale` how large it is shown. */
  pageGlass: 'page-glass',
  /** The field in which a text of a page is written over. */
  pageWords: 'page-words',
  /** What is held and what can be done with it; `data-part` is its name. */
  pageBar: 'page-bar',
  /** `data-tool` is what it does. */
  pageTool: 'page-tool',
  pageMotif: 'page-motif',
  pageWish: 'page-wish',
  pageSay: 'page-say',
  pageSayStop: 'page-say-stop',
  pageAudit: 'page-audit',
  pageCode: 'page-code',
  /** Why code that was written did not take the place of the page's; `data-rule` of each line. */
  pageCodeWrong: 'page-code-wrong',
  /** Two versions side by side; `data-differences` is how many parts differ. */
  pageCompare: 'page-compare',
  pageCompareBefore: 'page-compare-before',
  pageCompareAfter: 'page-compare-after',
  pageCompareFrame: 'page-compare-frame',
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
  networkMenu: 'network-menu',
  networkOn: 'network-on',
  networkOff: 'network-off',
  showOutgoing: 'show-outgoing',
  outgoing: 'outgoing',
  historySearch: 'history-search',
  historyAssistant: 'history-assistant',
  historyPinned: 'history-pinned',
  historyPin: 'history-pin',
  historyRemove: 'history-remove',
  historyFilter: 'history-filter',
  historyFilters: 'history-filters',
  historyTagFilter: 'history-tag-filter',
  historyStatusFilter: 'history-status-filter',
  historyModelFilter: 'history-model-filter',
  historySince: 'history-since',
  historyUntil: 'history-until',
  historyChip: 'history-chip',
  historyTag: 'history-tag',
  historyTagEdit: 'history-tag-edit',
  historyTagInput: 'history-tag-input',
  historyTagAdd: 'history-tag-add',
  keepingMenu: 'keeping-menu',
  keepingExport: 'keeping-export',
  keepingExportShown: 'keeping-export-shown',
  keepingExportPicked: 'keeping-export-picked',
  keepingPick: 'keeping-pick',
  keepingPicked: 'keeping-picked',
  keepingPickRun: 'keeping-pick-run',
  keepingPickDone: 'keeping-pick-done',
  keepingRemovePicked: 'keeping-remove-picked',
  keepingCompare: 'keeping-compare',
  keepingComparison: 'keeping-comparison',
  keepingImport: 'keeping-import',
  keepingImported: 'keeping-imported',
  keepingBackup: 'keeping-backup',
  keepingRestore: 'keeping-restore',
  keepingRestored: 'keeping-restored',
  keepingOpen: 'keeping-open',
  keepingRule: 'keeping-rule',
  keepingRuleSave: 'keeping-rule-save',
  keepingDays: 'keeping-days',
  keepingFormats: 'keeping-formats',
  keepingWithFiles: 'keeping-with-files',
  keepingSave: 'keeping-save',
  keepingProgress: 'keeping-progress',
  keepingStop: 'keeping-stop',
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
  /** `data-fen` is the position it shows. */
  chessBoard: 'chess-board',
  chessScore: 'chess-score',
  /** `data-uci` is the move. */
  chessCandidate: 'chess-candidate',
  /** `data-kind` is what was proved. */
  chessFact: 'chess-fact',
  chessGraph: 'chess-graph',
  /** `data-ply` is the index of the move. */
  chessTurn: 'chess-turn',
  chessMoves: 'chess-moves',
  chessMove: 'chess-move',
  chessPlay: 'chess-play',
  chessExplain: 'chess-explain',
  chessPurpose: 'chess-purpose',
  chessStrength: 'chess-strength',
  chessTakeBack: 'chess-take-back',
  chessHint: 'chess-hint',
  chessSave: 'chess-save',
  /** `data-depth` is how deep the engine has looked. */
  chessDepth: 'chess-depth',
  chessDeeper: 'chess-deeper',
  chessPreference: 'chess-preference',
  chessHabits: 'chess-habits',
  /** `data-kind` is the kind of mistake, `data-count` how often it came. */
  chessTheme: 'chess-theme',
  /** `data-fen` is the position. */
  chessMistake: 'chess-mistake',
  chessComment: 'chess-comment',
  chessForget: 'chess-forget',
  /** The position in words, for screen readers. */
  chessSpoken: 'chess-spoken',
  /** The first thing that anybody sees. */
  welcome: 'welcome',
  welcomeLanguage: 'welcome-language',
  welcomeModel: 'welcome-model',
  welcomeService: 'welcome-service',
  welcomeSamples: 'welcome-samples',
  showWelcome: 'show-welcome',
  commandPalette: 'command-palette',
  paletteInput: 'palette-input',
  /** `data-item` is what it is. */
  paletteItem: 'palette-item',
  cheatSheet: 'cheat-sheet',
  showKeys: 'show-keys',
  showSettings: 'show-settings',
  settingsView: 'settings-view',
  settingsLanguage: 'settings-language',
  settingsTheme: 'settings-theme',
  settingsTextSize: 'settings-text-size',
  settingsPrivacy: 'settings-privacy',
  settingsNetwork: 'settings-network',
  settingsIdle: 'settings-idle',
  settingsBackup: 'settings-backup',
  showDataFolder: 'show-data-folder',
  showHelp: 'show-help',
  helpOnThis: 'help-on-this',
  /** `data-about` is the assistant that it is about, or `all`. */
  helpView: 'help-view',
  helpAll: 'help-all',
  helpOpen: 'help-open',
  helpTrust: 'help-trust',
  runExample: 'run-example',
  fileOffers: 'file-offers',
  /** `data-does` is what would be done, `data-assistant` by whom. */
  fileOffer: 'file-offer',
} as const;

/** The button of an assistant in the rail. */
export const assistantTestId = (id: string): string => `assistant-${id}`;

/** The card of an assistant in the gallery. */
export const cardTestId = (id: string): string => `card-${id}`;

/** What stands in a field at first, in the settings. */
export const defaultTestId = (name: string): string => `default-${name}`;

/** One part of what a service charges. */
export const priceTestId = (part: string): string => `price-${part}`;

/** The control of a field in the form. */
export const fieldTestId = (name: string): string => `field-${name}`;

/** The list that says which model answers for an assistant, or for `everyone`. */
export const assignmentTestId = (assistant: string): string => `model-of-${assistant}`;

/** One choice in the language menu: `language-en`, `language-zh-Hant`, `language-zh-Hans`. */
export const languageTestId = (language: string): string => `language-${language}`;

/** One choice in the theme menu: `theme-light`, `theme-dark`, `theme-system`. */
export const themeTestId = (theme: string): string => `theme-${theme}`;

/** The way to the help page of an assistant. */
export const helpTestId = (id: string): string => `help-${id}`;

/** Something that can be looked at before a model is here. */
export const tourTestId = (id: string): string => `tour-${id}`;
