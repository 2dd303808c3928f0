/** A piece of work of every kind, as the desk would hand it over. */
import type {
  BooksResult,
  Check,
  CodeResult,
  CommandResult,
  EquationResult,
  TextResult,
} from '../bindings';

export const passed = (...names: string[]): Check[] =>
  names.map((name) => ({ name, passed: true, detail: '' }));

const SIGMA_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 60"><text x="10" y="38" font-size="26">∫ e⁻ˣ² dx = √π / 2</text></svg>';

export const equation: EquationResult = {
  latex: String.raw`\int_{0}^{\infty} e^{-x^{2}} \, dx = \frac{\sqrt{\pi}}{2}`,
  mathml:
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><msubsup><mo>∫</mo><mn>0</mn><mi>∞</mi></msubsup><msup><mi>e</mi><mrow><mo>−</mo><msup><mi>x</mi><mn>2</mn></msup></mrow></msup><mi>d</mi><mi>x</mi><mo>=</mo><mfrac><msqrt><mi>π</mi></msqrt><mn>2</mn></mfrac></math>',
  svg: SIGMA_SVG,
  omml: '<m:oMath><m:nary><m:naryPr><m:chr m:val="∫"/></m:naryPr><m:sub><m:r><m:t>0</m:t></m:r></m:sub><m:sup><m:r><m:t>∞</m:t></m:r></m:sup><m:e><m:r><m:t>…</m:t></m:r></m:e></m:nary></m:oMath>',
  spoken:
    'the integral from zero to infinity of e to the power of minus x squared, d x, equals the square root of pi, over two',
  draft: false,
};

export const longEquation: EquationResult = {
  ...equation,
  latex: String.raw`f(x) = \sum_{n=0}^{\infty} \frac{f^{(n)}(a)}{n!}\,(x-a)^{n} = f(a) + f'(a)(x-a) + \frac{f''(a)}{2!}(x-a)^{2} + \frac{f'''(a)}{3!}(x-a)^{3} + \cdots + \begin{pmatrix} 1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \end{pmatrix}`,
  svg: '',
  omml: '',
};

export const reads: CommandResult = {
  shell: 'bash',
  command: "find . -type f -printf '%s %p\\n' | sort -nr | head -n 10",
  risk: 'reads',
  parts: [
    { text: 'find .', explanation: 'looks through this folder and everything below it' },
    { text: '-type f', explanation: 'only files, no folders' },
    { text: "-printf '%s %p\\n'", explanation: 'prints the size in bytes and the path of each' },
    { text: '| sort -nr', explanation: 'sorts by number, largest first' },
    { text: '| head -n 10', explanation: 'keeps the first ten lines' },
  ],
  warnings: [],
  touches: ['.'],
  draft: false,
};

export const dangerous: CommandResult = {
  shell: 'bash',
  command: 'find ~/Downloads -name "*.tmp" -mtime +30 -delete',
  risk: 'dangerous',
  parts: [
    {
      text: 'find ~/Downloads',
      explanation: 'looks through your downloads and every folder below',
    },
    { text: '-name "*.tmp"', explanation: 'only what ends in .tmp' },
    { text: '-mtime +30', explanation: 'and was last changed more than 30 days ago' },
    { text: '-delete', explanation: 'deletes it, without asking and without a wastebasket' },
  ],
  warnings: [
    'It deletes files for good. Run it without -delete first to see which.',
    'It also looks into folders that other programs keep in your downloads.',
  ],
  touches: ['~/Downloads'],
  draft: false,
};

const TRAIN = `"""Trains an image classifier for 5 classes on 25,000 pictures of 500×500."""
import argparse
from pathlib import Path

import keras
from keras import layers

CLASSES = 5
SIZE = (224, 224)


def load(folder: Path, subset: str) -> keras.utils.Sequence:
    """Pictures lie in one folder for each class."""
    return keras.utils.image_dataset_from_directory(
        folder,
        validation_split=0.2,
        subset=subset,
        seed=1,
        image_size=SIZE,
        batch_size=32,
    )


def build() -> keras.Model:
    """A network that has seen many pictures before learns from few."""
    base = keras.applications.EfficientNetV2B0(include_top=False, weights="imagenet")
    base.trainable = False
    return keras.Sequential(
        [
            layers.RandomFlip("horizontal"),
            layers.RandomRotation(0.05),
            base,
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.2),
            layers.Dense(CLASSES, activation="softmax"),
        ]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    train(parser.parse_args().folder)
`;

export const program: CodeResult = {
  language: 'python',
  code: TRAIN,
  files: [
    { name: 'train.py', language: 'python', text: TRAIN },
    { name: 'requirements.txt', language: 'text', text: 'keras==3.11.0\ntensorflow==2.20.0\n' },
    {
      name: 'README.md',
      language: 'markdown',
      text: '# Five kinds of pictures\n\nPut the pictures into one folder for each class, then:\n\n```\npython train.py pictures/\n```\n',
    },
  ],
  explanation:
    'It **fine-tunes** a network that has seen many pictures (`EfficientNetV2B0`), which needs far fewer of yours. A fifth of them is kept back to measure with.',
  findings: [
    { name: 'imports', value: 'argparse, pathlib, keras' },
    { name: 'parameters', value: '5 925 000, of them 6 405 to be trained' },
    { name: 'one training step', value: 'ran on made-up pictures in 2.1 s' },
  ],
  draft: false,
};

const plain = (rest: Partial<TextResult>): TextResult => ({
  text: '',
  format: 'plain',
  table: [],
  findings: [],
  draft: false,
  ...rest,
});

export const letter = plain({
  text: 'Dear Ms Holloway,\n\nthank you for asking about the linen notebooks. We can deliver 20 pieces at 12.50 each by 31 December.\n\nIf you decide by Friday, the gel pens (40 pieces at 6.20) come along without further shipping.\n\nKind regards\nPriya Raman',
});

export const markdown = plain({
  format: 'markdown',
  text: '## What was decided\n\nThe shop moves to the **new warehouse** in March. Open until then:\n\n1. *Margaret* asks three carriers for offers.\n2. Jonas checks the lease, in particular `§ 4.2`.\n\n- [x] Budget agreed\n- [ ] Insurance informed\n\n> Nobody signs before the 15th.\n\n| item | cost |\n|:--|--:|\n| carriers | 2 400 |\n| shelves | 11 250 |\n\nSee [the plan](https://example.com/plan). <b onclick="alert(1)">This is not markup</b>.\n\n```python\nprint("shelves")\n```',
});

export const actions = plain({
  text: 'owner,action,until',
  table: [
    ['owner', 'action', 'until', 'hours'],
    ['Margaret', 'Ask three carriers for offers', '2026-12-04', '3.5'],
    ['Jonas', 'Check the lease', '2026-12-11', '2'],
    ['陳美玲', '通知保險公司', '2026-12-15', '0.5'],
    ['Priya', 'Order the shelves', '', '1'],
  ],
  findings: [{ name: 'without a day', value: '1 of 4' }],
});

export const palette = plain({
  format: 'palette',
  text: '#3b2a20 roasted bean\n#8a4b2a clay\n#c98a4b caramel\n#e8d5b5 oat milk\n#f7f0e4 foam\n#5d6b4a sage',
  findings: [{ name: 'contrast', value: 'roasted bean on foam 12.4, clay on foam 6.1' }],
});

export const diagram = plain({
  format: 'mermaid',
  text: 'flowchart LR\n  A[Order arrives] --> B{In stock?}\n  B -- yes --> C[Pack it]\n  B -- no --> D[Order from maker]\n  D --> C\n  C --> E[Send it]\n  E --> F[Ask for a review]',
});

export const quiz = plain({
  text: JSON.stringify({
    questions: [
      {
        question: 'Who lays the eggs in a bee colony?',
        options: ['The workers', 'The queen', 'The drones', 'Nobody'],
        answer: 1,
      },
      {
        question: 'How long do workers live in summer?',
        options: ['A day', 'About six weeks', 'A year', 'Ten years'],
        answer: 1,
      },
      {
        question: 'How do they tell each other where flowers are?',
        options: ['By dancing', 'By smell', 'By singing', 'Not at all'],
        answer: 0,
      },
    ],
  }),
});

export const cron = plain({
  text: '30 7 * * 1-5',
  findings: [
    { name: 'in words', value: 'at 07:30 on every weekday' },
    {
      name: 'next five times',
      value:
        'Mon 30 Nov 2026 07:30\nTue 1 Dec 2026 07:30\nWed 2 Dec 2026 07:30\nThu 3 Dec 2026 07:30\nFri 4 Dec 2026 07:30',
    },
  ],
});

export const said = plain({
  format: 'markdown',
  text: 'Every sum is written **twice**: once where it comes from and once where it goes to.\n\nSay you buy beans for 40. The till loses 40, the stock gains 40. Because both sides are always equal, a slip shows at once: the two columns no longer agree.\n\nI do not know your country’s rules for cafés; ask an accountant about those.',
});

const account = (name: string, label: string, kind: string) => ({ name, label, class: kind });

export const books: BooksResult = {
  book: 'Studio 2026',
  entries: [
    {
      date: '2026-11-26',
      description: 'Lunch with ACME',
      counterparty: 'ACME',
      postings: [
        { account: 'Expenses:Meals', amount: '84.50', currency: 'EUR' },
        { account: 'Liabilities:Company card', amount: '-84.50', currency: 'EUR' },
      ],
      tax: null,
      source: 'Lunch with ACME 84.50 on the company card yesterday',
      confidence: 0.93,
      direction: 'expense',
      doubts: [],
    },
    {
      date: '2026-11-01',
      description: 'Rent',
      counterparty: '',
      postings: [
        { account: 'Expenses:Rent', amount: '2400.00', currency: 'EUR' },
        { account: 'Assets:Bank', amount: '-2400.00', currency: 'EUR' },
      ],
      tax: null,
      source: 'rent 2,400 on the 1st',
      confidence: 0.71,
      direction: 'expense',
      doubts: [
        {
          field: 'account',
          reason: 'It is not said how the rent was paid.',
          choices: ['Assets:Bank', 'Assets:Cash', 'Liabilities:Company card'],
        },
      ],
    },
    {
      date: '2026-11-25',
      description: 'Invoice paid',
      counterparty: 'ACME',
      postings: [
        { account: 'Assets:Bank', amount: '5000.00', currency: 'EUR' },
        { account: 'Income:Services', amount: '-5000.00', currency: 'EUR' },
      ],
      tax: 'VAT 19%',
      source: 'ACME paid the 5,000 invoice',
      confidence: 0.62,
      direction: 'income',
      doubts: [
        {
          field: 'date',
          reason: 'No day is named.',
          choices: ['2026-11-27', '2026-11-25', '2026-11-01'],
        },
      ],
    },
    {
      date: '2026-11-18',
      description: '螢幕兩台',
      counterparty: '',
      postings: [
        { account: 'Expenses:Equipment', amount: '12600', currency: 'TWD' },
        { account: 'Assets:Cash', amount: '-12600', currency: 'TWD' },
      ],
      tax: null,
      source: '上週三買了兩台螢幕共 12,600 元',
      confidence: 0.88,
      direction: 'expense',
      doubts: [],
    },
    {
      date: '2026-11-20',
      description: 'Taxi to the airport',
      counterparty: '',
      postings: [
        { account: 'Expenses:Travel', amount: '46.20', currency: 'EUR' },
        { account: 'Assets:Cash', amount: '-46.20', currency: 'EUR' },
      ],
      tax: null,
      source: 'taxi to the airport 46.20 in cash last Friday',
      confidence: 0.95,
      direction: 'expense',
      doubts: [],
    },
  ],
  unresolved: [
    { source: 'and the thing for Jonas', code: 'no-amount', reason: 'There is no amount in it.' },
  ],
  accounts: [
    account('Assets:Bank', 'Bank', 'asset'),
    account('Assets:Cash', 'Cash', 'asset'),
    account('Liabilities:Company card', 'Company card', 'liability'),
    account('Income:Services', 'Services', 'income'),
    account('Expenses:Meals', 'Meals', 'expense'),
    account('Expenses:Rent', 'Rent', 'expense'),
    account('Expenses:Travel', 'Travel', 'expense'),
    account('Expenses:Equipment', 'Equipment', 'expense'),
  ],
  statements: {
    trial_balance: {
      title: 'Trial balance',
      columns: ['Debit', 'Credit'],
      rows: [
        row('Bank', ['2600.00', ''], 'Assets:Bank'),
        row('Cash', ['', '46.20'], 'Assets:Cash'),
        row('Company card', ['', '84.50'], 'Liabilities:Company card'),
        row('Services', ['', '5000.00'], 'Income:Services'),
        row('Meals', ['84.50', ''], 'Expenses:Meals'),
        row('Rent', ['2400.00', ''], 'Expenses:Rent'),
        row('Travel', ['46.20', ''], 'Expenses:Travel'),
        { ...row('Sum', ['5130.70', '5130.70']), is_total: true },
      ],
    },
    income_statement: {
      title: 'Income statement',
      columns: ['November 2026'],
      rows: [
        row('Income', ['']),
        { ...row('Services', ['5000.00'], 'Income:Services'), level: 1 },
        row('Expenses', ['']),
        { ...row('Meals', ['84.50'], 'Expenses:Meals'), level: 1 },
        { ...row('Rent', ['2400.00'], 'Expenses:Rent'), level: 1 },
        { ...row('Travel', ['46.20'], 'Expenses:Travel'), level: 1 },
        { ...row('Profit', ['2469.30']), is_total: true },
      ],
    },
  },
  draft: false,
};

function row(label: string, figures: string[], name: string | null = null) {
  return { label, level: 0, figures, is_total: false, account: name, currency: 'EUR' };
}
