/**
 * Markdown as a tree of the few things that a text of ours may hold.
 *
 * Raw HTML in it is text like any other, pictures are their words, and links do not lead anywhere:
 * the window draws the tree itself, so nothing that a model writes can become markup.
 */
import { marked, type Token, type Tokens } from 'marked';

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly parts: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly parts: readonly Inline[] };

export interface Item {
  readonly checked: boolean | null;
  readonly blocks: readonly Block[];
}
export type Block =
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly parts: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly isOrdered: boolean;
      readonly start: number;
      readonly items: readonly Item[];
    }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
      readonly align: readonly ('left' | 'right' | 'center' | null)[];
    }
  | { readonly kind: 'rule' };

/** The blocks of a text in Markdown; its headings begin at the first level, whatever it was. */
export function blocksOf(text: string): Block[] {
  return levelled(read(text).flatMap(block));
}

/**
 * Reads a text that grows: the blocks before the last two are those of the time before, the very same
 * objects, so that nothing about them is read or drawn again. (What follows may still change a block: a
 * list goes on, a line beneath makes a heading of it. It never reaches further back than one.)
 */
export function growing(): (text: string) => Block[] {
  let settled = '';
  let blocks: Block[] = [];
  return (text) => {
    if (!text.startsWith(settled)) [settled, blocks] = ['', []];
    const tokens = read(text.slice(settled.length));
    const places = tokens.flatMap(({ type }, place) => (type === 'space' ? [] : [place]));
    const open = places.at(-2) ?? 0;
    const firm = tokens.slice(0, open);
    settled += firm.map(({ raw }) => raw).join('');
    blocks = [...blocks, ...firm.flatMap(block)];
    return levelled([...blocks, ...tokens.slice(open).flatMap(block)]);
  };
}

function read(text: string): Token[] {
  return marked.lexer(text, { gfm: true, breaks: false });
}

/** Headings begin at the first level. */
function levelled(blocks: Block[]): Block[] {
  const levels = blocks.flatMap((one) => (one.kind === 'heading' ? [one.level] : []));
  const above = Math.min(...levels) - 1;
  if (levels.length === 0 || above === 0) return blocks;
  return blocks.map((one) => (one.kind === 'heading' ? { ...one, level: one.level - above } : one));
}

function block(token: Token): Block[] {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      return [{ kind: 'heading', level: depth, parts: inline(tokens) }];
    }
    case 'paragraph':
      return [{ kind: 'paragraph', parts: inline((token as Tokens.Paragraph).tokens) }];
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return [{ kind: 'paragraph', parts: tokens ? inline(tokens) : [{ kind: 'text', text }] }];
    }
    case 'code': {
      const { lang, text } = token as Tokens.Code;
      return [{ kind: 'code', language: lang?.split(/\s/)[0] ?? '', text }];
    }
    case 'blockquote':
      return [{ kind: 'quote', blocks: (token as Tokens.Blockquote).tokens.flatMap(block) }];
    case 'list':
      return [list(token as Tokens.List)];
    case 'table':
      return [table(token as Tokens.Table)];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'space':
    case 'def':
      return [];
    default:
      return [{ kind: 'paragraph', parts: [{ kind: 'text', text: token.raw.trim() }] }];
  }
}

function list({ ordered, start, items }: Tokens.List): Block {
  return {
    kind: 'list',
    isOrdered: ordered,
    start: Number(start) || 1,
    items: items.map((item) => ({
      checked: item.task ? Boolean(item.checked) : null,
      blocks: item.tokens.filter(({ type }) => type !== 'checkbox').flatMap(block),
    })),
  };
}

function table({ header, rows, align }: Tokens.Table): Block {
  return {
    kind: 'table',
    head: header.map(({ tokens }) => inline(tokens)),
    rows: rows.map((row) => row.map(({ tokens }) => inline(tokens))),
    align,
  };
}

function inline(tokens: readonly Token[]): Inline[] {
  return tokens.flatMap((token): Inline[] => {
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        return [{ kind: token.type, parts: inline((token as Tokens.Strong).tokens) }];
      case 'codespan':
        return [{ kind: 'code', text: (token as Tokens.Codespan).text }];
      case 'br':
        return [{ kind: 'break' }];
      case 'link': {
        const { href, tokens: words } = token as Tokens.Link;
        return [{ kind: 'link', href, parts: inline(words) }];
      }
      case 'image':
        return [{ kind: 'text', text: (token as Tokens.Image).text }];
      case 'escape':
      case 'text': {
        const { tokens: within, text } = token as Tokens.Text;
        return within ? inline(within) : [{ kind: 'text', text: plain(text) }];
      }
      default:
        return [{ kind: 'text', text: token.raw }];
    }
  });
}

/** A handful of entities that models write into texts. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};
const plain = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity);
