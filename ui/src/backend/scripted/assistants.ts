/** More assistants than one, of every kind, as a full desk describes them. */
import type {
  ArtifactKind,
  Category,
  Description,
  Example,
  Field,
  FieldKind,
  Localized,
} from '../bindings';
import type { PresetFile } from '../presets';
import { sqlAssistant } from './shop';

export const text = (en: string, zhHant: string, zhHans: string): Localized => ({
  en,
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
});
export const same = (value: string): Localized => text(value, value, value);

export function field(
  name: string,
  kind: FieldKind,
  label: Localized,
  rest: Partial<Field> = {},
): Field {
  return {
    name,
    kind,
    label,
    placeholder: same(''),
    required: false,
    instead_of: null,
    hidden: false,
    max_chars: 20_000,
    extensions: [],
    options: [],
    default: '',
    ...rest,
  };
}

const example = (label: Localized, values: Readonly<Record<string, Localized>>): Example => ({
  label,
  values: Object.entries(values).map(([name, value]) => ({ name, value })),
});

const choices = (...pairs: readonly (readonly [string, Localized])[]): Field['options'] =>
  pairs.map(([value, label]) => ({ value, label }));

interface Told {
  id: string;
  category: Category;
  title: Localized;
  description: Localized;
  icon: string;
  hue: number;
  button?: Localized;
  artifact?: ArtifactKind;
  inputs?: Field[];
  examples?: Example[];
}

const WRITE = text('Write it', '開始撰寫', '开始撰写');
const TEXT = field('text', 'long-text', text('From', '根據', '根据'), {
  required: true,
  placeholder: text('Write it in your own words', '用自己的話寫下來', '用自己的话写下来'),
});

const told = ({
  inputs = [TEXT],
  examples = [],
  artifact = 'text',
  ...rest
}: Told): Description => ({
  button: WRITE,
  repair_limit: 2,
  inputs,
  examples,
  artifact,
  ...rest,
});

export const latexAssistant = told({
  id: 'latex',
  category: 'learning',
  title: text('Equation from words', '用文字寫方程式', '用文字写公式'),
  description: text(
    'Say a formula in words and get it printed, ready for LaTeX, Word or the web.',
    '用文字說出公式，立即排版，可用於 LaTeX、Word 或網頁。',
    '用文字说出公式，立即排版，可用于 LaTeX、Word 或网页。',
  ),
  icon: 'sigma',
  hue: 300,
  button: text('Set it', '排版', '排版'),
  artifact: 'equation',
  inputs: [{ ...TEXT, label: text('The formula is', '公式是', '公式是') }],
  examples: [
    example(text('An integral', '積分', '积分'), {
      text: text(
        'the integral from zero to infinity of e to the minus x squared',
        '從零到無限大，e 的負 x 平方次方的積分',
        '从零到无穷大，e 的负 x 平方次方的积分',
      ),
    }),
    example(text('Newton and Leibniz', '牛頓–萊布尼茲', '牛顿–莱布尼茨'), {
      text: text('the Newton-Leibniz formula', '牛頓–萊布尼茲公式', '牛顿–莱布尼茨公式'),
    }),
  ],
});

export const shellAssistant = told({
  id: 'shell',
  category: 'development',
  title: text('Shell command', '終端機指令', '终端命令'),
  description: text(
    'Say what should happen and get the command, explained part by part. It is never run for you.',
    '說出想做的事，得到逐段說明的指令。絕不會替您執行。',
    '说出想做的事，得到逐段说明的命令。绝不会替您执行。',
  ),
  icon: 'square-terminal',
  hue: 145,
  button: text('Find the command', '找出指令', '找出命令'),
  artifact: 'command',
  inputs: [
    { ...TEXT, label: text('I want to', '我想要', '我想要') },
    field('shell', 'choice', text('in', '使用', '使用'), {
      required: true,
      default: 'bash',
      options: choices(
        ['bash', same('Bash')],
        ['zsh', same('Zsh')],
        ['powershell', same('PowerShell')],
        ['cmd', text('Command Prompt', '命令提示字元', '命令提示符')],
      ),
    }),
  ],
  examples: [
    example(text('Large files', '大檔案', '大文件'), {
      text: text(
        'find the ten largest files under this folder',
        '找出這個資料夾中最大的十個檔案',
        '找出这个文件夹中最大的十个文件',
      ),
    }),
  ],
});

export const mlAssistant = told({
  id: 'ml-model',
  category: 'development',
  title: text('Training program', '模型訓練程式', '模型训练程序'),
  description: text(
    'Describe a classifier and get complete, commented training code that was tried.',
    '描述一個分類器，得到完整、有註解且試跑過的訓練程式。',
    '描述一个分类器，得到完整、有注释且试跑过的训练程序。',
  ),
  icon: 'brain-circuit',
  hue: 330,
  button: text('Write the program', '撰寫程式', '编写程序'),
  artifact: 'code',
  inputs: [
    { ...TEXT, label: text('I need', '我需要', '我需要') },
    field('framework', 'choice', text('written for', '使用', '使用'), {
      required: true,
      default: 'keras',
      options: choices(['keras', same('Keras')], ['pytorch', same('PyTorch')]),
    }),
  ],
  examples: [
    example(text('Five kinds of pictures', '五類圖片', '五类图片'), {
      text: text(
        'an image classifier for 5 classes, 25,000 training images of 500×500',
        '五個類別的影像分類器，25,000 張 500×500 的訓練影像',
        '五个类别的图像分类器，25,000 张 500×500 的训练图像',
      ),
    }),
  ],
});

export const ledgerAssistant = told({
  id: 'ledger',
  category: 'data',
  title: text('Book-keeping', '記帳', '记账'),
  description: text(
    'Tell what you spent and earned, and get entries that balance, each beside the words it came from.',
    '說出收支，得到借貸平衡的分錄，每一筆都對應原句。',
    '说出收支，得到借贷平衡的分录，每一笔都对应原句。',
  ),
  icon: 'receipt-text',
  hue: 75,
  button: text('Make the entries', '產生分錄', '生成分录'),
  artifact: 'books',
  inputs: [
    { ...TEXT, label: text('It happened that', '發生了', '发生了') },
    field('today', 'date', text('Today is', '今天是', '今天是')),
    field('book', 'text', text('Book', '帳簿', '账簿')),
  ],
  examples: [
    example(text('A week of expenses', '一週開銷', '一周开销'), {
      text: text(
        'Lunch with ACME 84.50 on the company card yesterday, rent 2,400 on the 1st; ACME paid the 5,000 invoice',
        '昨天用公司卡請 ACME 午餐 84.50，1 號付房租 2,400；ACME 付了 5,000 的發票',
        '昨天用公司卡请 ACME 午餐 84.50，1 号付房租 2,400；ACME 付了 5,000 的发票',
      ),
    }),
  ],
});

export const chatAssistant = told({
  id: 'chat',
  category: 'office',
  title: text('Conversation', '對話', '对话'),
  description: text(
    'Talk something over. A model answers, and says so when it does not know.',
    '與模型討論任何事；不知道時它會直說。',
    '与模型讨论任何事；不知道时它会直说。',
  ),
  icon: 'messages-square',
  hue: 220,
  button: text('Send', '送出', '发送'),
  inputs: [
    { ...TEXT, label: text('Message', '訊息', '消息') },
    field('history', 'long-text', same('History'), { hidden: true, max_chars: 200_000 }),
  ],
  examples: [
    example(text('Explain double entry', '解釋複式簿記', '解释复式记账'), {
      text: text(
        'Explain double-entry book-keeping to somebody who runs a café.',
        '請向開咖啡館的人解釋複式簿記。',
        '请向开咖啡馆的人解释复式记账。',
      ),
    }),
  ],
});

/** Every kind of field in one form. */
export const fieldsAssistant = told({
  id: 'offer',
  category: 'own',
  title: text('Offer letter', '報價信', '报价信'),
  description: text(
    'Writes an offer from a few figures, in your tone.',
    '根據幾個數字，用您的語氣寫報價信。',
    '根据几个数字，用您的语气写报价信。',
  ),
  icon: 'mail',
  hue: 20,
  inputs: [
    { ...TEXT, label: text('We offer', '我們提供', '我们提供') },
    field('price', 'money', text('for', '價格', '价格')),
    field('pieces', 'number', text('Pieces', '數量', '数量'), { default: '1' }),
    field('until', 'date', text('valid until', '有效期限', '有效期限'), { default: '2026-12-31' }),
    field('tone', 'choice', text('in a tone that is', '語氣', '语气'), {
      required: true,
      default: 'warm',
      options: choices(
        ['warm', text('warm', '親切', '亲切')],
        ['plain', text('plain', '平實', '平实')],
        ['formal', text('formal', '正式', '正式')],
      ),
    }),
    field('language', 'choice', text('Written in', '語言', '语言'), {
      options: choices(
        ['en', same('English')],
        ['zh-Hant', same('繁體中文')],
        ['zh-Hans', same('简体中文')],
        ['de', same('Deutsch')],
        ['fr', same('Français')],
        ['ja', same('日本語')],
      ),
    }),
    field('colour', 'colour', text('with headings in', '標題顏色', '标题颜色'), {
      default: '#8a3b12',
    }),
    field('logo', 'file', text('and the logo', '標誌', '标志'), {
      extensions: ['png', 'svg'],
      placeholder: text('A picture', '圖片', '图片'),
    }),
    field('lines', 'table', text('Lines', '明細', '明细'), {
      default: 'article,pieces,price\nLinen notebook,20,12.50\nGel pens,40,6.20',
    }),
  ],
  examples: [],
});

type Short = readonly [
  id: string,
  category: Category,
  icon: string,
  hue: number,
  title: Localized,
  description: Localized,
];

const SHORT: readonly Short[] = [
  [
    'email',
    'office',
    'mail',
    35,
    text('E-mail from notes', '筆記寫成郵件', '笔记写成邮件'),
    text(
      'Turns a few notes into an e-mail that one can send.',
      '把幾行筆記寫成可以寄出的郵件。',
      '把几行笔记写成可以发出的邮件。',
    ),
  ],
  [
    'rewrite',
    'office',
    'wand-sparkles',
    320,
    text('Rewrite in a tone', '改寫語氣', '改写语气'),
    text(
      'Says the same in another tone, and changes no facts.',
      '用另一種語氣說同樣的話，事實不變。',
      '用另一种语气说同样的话，事实不变。',
    ),
  ],
  [
    'summary',
    'office',
    'file-text',
    110,
    text('Summary', '摘要', '摘要'),
    text(
      'What matters of a long text, in a few lines.',
      '把長文濃縮成幾行重點。',
      '把长文浓缩成几行重点。',
    ),
  ],
  [
    'actions',
    'office',
    'list-checks',
    160,
    text('Actions from minutes', '會議待辦', '会议待办'),
    text(
      'Who does what until when, as a table, from the notes of a meeting.',
      '從會議記錄整理出誰在何時前做什麼。',
      '从会议记录整理出谁在何时前做什么。',
    ),
  ],
  [
    'formula',
    'office',
    'table-2',
    140,
    text('Spreadsheet formula', '試算表公式', '电子表格公式'),
    text(
      'Say what a cell should hold; the formula is computed on a sample.',
      '說出儲存格該算什麼，公式會在範例上試算。',
      '说出单元格该算什么，公式会在示例上试算。',
    ),
  ],
  [
    'translate',
    'office',
    'languages',
    200,
    text('Translate', '翻譯', '翻译'),
    text(
      'Between Chinese and English, with names and figures kept.',
      '中英互譯，保留名稱與數字。',
      '中英互译，保留名称与数字。',
    ),
  ],
  [
    'reply',
    'office',
    'headset',
    260,
    text('Customer reply', '客服回覆', '客服回复'),
    text(
      'Answers from your policy and quotes the line it stands on.',
      '依據您的規定回覆，並引用條文。',
      '依据您的规定回复，并引用条文。',
    ),
  ],
  [
    'slogans',
    'design',
    'megaphone',
    15,
    text('Slogans and names', '標語與命名', '标语与命名'),
    text(
      'Ten that differ, none of them longer than you allow.',
      '十個不同的提案，長度不超過您的限制。',
      '十个不同的提案，长度不超过您的限制。',
    ),
  ],
  [
    'palette',
    'design',
    'palette',
    345,
    text('Colour palette', '配色', '配色'),
    text(
      'Colours for a mood, with the contrast reckoned.',
      '依情境配色，並計算對比。',
      '依情境配色，并计算对比。',
    ),
  ],
  [
    'page',
    'design',
    'layout-template',
    55,
    text('Web page', '網頁設計', '网页设计'),
    text(
      'Describe a page and get it, complete in one file.',
      '描述網頁，得到完整的單一檔案。',
      '描述网页，得到完整的单一文件。',
    ),
  ],
  [
    'css',
    'design',
    'paintbrush',
    290,
    text('Look of a component', '元件外觀', '组件外观'),
    text(
      'Describe the look of a button or a card and get its CSS.',
      '描述按鈕或卡片的外觀，得到 CSS。',
      '描述按钮或卡片的外观，得到 CSS。',
    ),
  ],
  [
    'regex',
    'development',
    'regex',
    175,
    text('Regular expression', '正規表示式', '正则表达式'),
    text(
      'From words and examples, compiled and tried on them.',
      '根據文字與範例產生，並實際測試。',
      '根据文字与示例生成，并实际测试。',
    ),
  ],
  [
    'cron',
    'development',
    'calendar-clock',
    125,
    text('Cron line', '排程設定', '定时任务'),
    text(
      'Say when; the next five times are shown.',
      '說出時間，列出接下來五次執行。',
      '说出时间，列出接下来五次执行。',
    ),
  ],
  [
    'commit',
    'development',
    'git-commit-horizontal',
    30,
    text('Commit message', '提交訊息', '提交信息'),
    text(
      'One line and a body that says why, from a diff.',
      '根據差異寫出一行標題與原因。',
      '根据差异写出一行标题与原因。',
    ),
  ],
  [
    'mermaid',
    'development',
    'workflow',
    240,
    text('Diagram', '流程圖', '流程图'),
    text(
      'Describe a process and see it drawn.',
      '描述流程，立即畫出來。',
      '描述流程，立即画出来。',
    ),
  ],
  [
    'chess',
    'learning',
    'chess-knight',
    95,
    text('Chess adviser', '西洋棋顧問', '国际象棋顾问'),
    text(
      'The best move and its reason, never an illegal one.',
      '最佳著法與理由，絕不違規。',
      '最佳着法与理由，绝不违规。',
    ),
  ],
  [
    'quiz',
    'learning',
    'graduation-cap',
    280,
    text('Quiz from a text', '依文章出題', '依文章出题'),
    text(
      'Questions whose answers stand in the text.',
      '答案都在文章裡的題目。',
      '答案都在文章里的题目。',
    ),
  ],
  [
    'interview',
    'office',
    'users',
    65,
    text('Interview questions', '面試問題', '面试问题'),
    text(
      'For a role and a person, from easy to hard.',
      '依職位與應徵者，由淺入深。',
      '依职位与应聘者，由浅入深。',
    ),
  ],
];

const short = ([id, category, icon, hue, title, description]: Short): Description =>
  told({ id, category, icon, hue, title, description });

/** A full desk. */
export const manyAssistants: readonly Description[] = [
  { ...sqlAssistant, category: 'data' },
  ledgerAssistant,
  latexAssistant,
  shellAssistant,
  mlAssistant,
  chatAssistant,
  fieldsAssistant,
  ...SHORT.map(short),
];

/** One of a person's own, as its file holds it. */
export const TONE_FILE: PresetFile = {
  version: 1,
  id: 'reply',
  category: 'own',
  icon: 'message-square-reply',
  hue: 260,
  repair_limit: 2,
  title: text('Friendly reply', '友善回覆', '友善回复'),
  description: text(
    'Turns a short note into a friendly reply to a customer.',
    '把簡短的筆記寫成給客戶的友善回覆。',
    '把简短的笔记写成给客户的友善回复。',
  ),
  button: text('Write the reply', '撰寫回覆', '撰写回复'),
  prompt: {
    system: 'You write short, friendly replies to customers of a stationery shop.',
    template: '{{ text }}',
  },
  engine: { temperature: 0, max_tokens: 300, talk: 'stateless' },
  output: { artifact: 'text', format: 'plain', checks: ['max-words:120', 'keeps-numbers'] },
  inputs: [
    field('text', 'long-text', text('My note', '我的筆記', '我的笔记'), {
      required: true,
      placeholder: text('What should be said', '要說的重點', '要说的重点'),
    }),
  ],
  shots: [
    {
      input: { text: 'parcel late, comes Friday' },
      output:
        'Hello, your parcel is a little late and will be with you on Friday. Sorry for the wait!',
    },
    {
      input: { text: 'refund sent today, 3 days' },
      output: 'Hello, we sent your refund today. It should reach you within 3 days.',
    },
    {
      input: { text: 'notebook sold out, back in March' },
      output: 'Hello, the notebook is sold out and will be back in March. Shall we let you know?',
    },
  ],
  examples: [],
};
