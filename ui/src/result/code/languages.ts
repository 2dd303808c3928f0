/**
 * The languages that code is coloured in, each fetched when it is first needed. A language that is
 * not here is shown plain.
 */
import { sql } from '@codemirror/lang-sql';
import { LanguageSupport, StreamLanguage, type StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

type Load = () => Promise<Extension>;

/** A language of the older kind, from its parser. */
const older =
  <State>(load: () => Promise<StreamParser<State>>): Load =>
  async () =>
    new LanguageSupport(StreamLanguage.define(await load()));

const clike = (name: 'c' | 'cpp' | 'csharp' | 'java' | 'kotlin' | 'scala' | 'dart'): Load =>
  older(async () => (await import('@codemirror/legacy-modes/mode/clike'))[name]);
const script =
  (options: { typescript?: boolean; jsx?: boolean }): Load =>
  async () =>
    (await import('@codemirror/lang-javascript')).javascript(options);

const LANGUAGES: Readonly<Record<string, Load>> = {
  python: async () => (await import('@codemirror/lang-python')).python(),
  javascript: script({ jsx: true }),
  typescript: script({ typescript: true, jsx: true }),
  json: async () => (await import('@codemirror/lang-json')).json(),
  css: async () => (await import('@codemirror/lang-css')).css(),
  html: async () => (await import('@codemirror/lang-html')).html(),
  xml: async () => (await import('@codemirror/lang-xml')).xml(),
  yaml: async () => (await import('@codemirror/lang-yaml')).yaml(),
  markdown: async () => (await import('@codemirror/lang-markdown')).markdown(),
  // Already here for the statement behind an answer.
  sql: async () => sql(),
  latex: older(async () => (await import('@codemirror/legacy-modes/mode/stex')).stexMath),
  shell: older(async () => (await import('@codemirror/legacy-modes/mode/shell')).shell),
  powershell: older(
    async () => (await import('@codemirror/legacy-modes/mode/powershell')).powerShell,
  ),
  dockerfile: older(
    async () => (await import('@codemirror/legacy-modes/mode/dockerfile')).dockerFile,
  ),
  nginx: older(async () => (await import('@codemirror/legacy-modes/mode/nginx')).nginx),
  toml: older(async () => (await import('@codemirror/legacy-modes/mode/toml')).toml),
  ini: older(async () => (await import('@codemirror/legacy-modes/mode/properties')).properties),
  diff: older(async () => (await import('@codemirror/legacy-modes/mode/diff')).diff),
  go: older(async () => (await import('@codemirror/legacy-modes/mode/go')).go),
  rust: older(async () => (await import('@codemirror/legacy-modes/mode/rust')).rust),
  ruby: older(async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby),
  swift: older(async () => (await import('@codemirror/legacy-modes/mode/swift')).swift),
  perl: older(async () => (await import('@codemirror/legacy-modes/mode/perl')).perl),
  lua: older(async () => (await import('@codemirror/legacy-modes/mode/lua')).lua),
  r: older(async () => (await import('@codemirror/legacy-modes/mode/r')).r),
  c: clike('c'),
  cpp: clike('cpp'),
  csharp: clike('csharp'),
  java: clike('java'),
  kotlin: clike('kotlin'),
  scala: clike('scala'),
  dart: clike('dart'),
};

/** Other names of the same. */
const ALIASES: Readonly<Record<string, string>> = {
  bash: 'shell',
  sh: 'shell',
  zsh: 'shell',
  js: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  golang: 'go',
  'c++': 'cpp',
  'c#': 'csharp',
  yml: 'yaml',
  md: 'markdown',
  tex: 'latex',
  mathml: 'xml',
  svg: 'xml',
  docker: 'dockerfile',
  systemd: 'ini',
  properties: 'ini',
  pwsh: 'powershell',
};

/** What colours a language, once it is there; nothing for one that nobody knows. */
export async function languageOf(name: string): Promise<Extension> {
  const key = name.trim().toLowerCase();
  const load = LANGUAGES[ALIASES[key] ?? key];
  return load ? load() : [];
}

/** The usual ending of a file in a language, without the dot. */
const ENDINGS: Readonly<Record<string, string>> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  shell: 'sh',
  powershell: 'ps1',
  cmd: 'bat',
  markdown: 'md',
  latex: 'tex',
  ruby: 'rb',
  rust: 'rs',
  csharp: 'cs',
  kotlin: 'kt',
  perl: 'pl',
  nginx: 'conf',
  systemd: 'service',
  text: 'txt',
};

export function endingOf(language: string): string {
  const key = language.trim().toLowerCase();
  const name = ENDINGS[key] ? key : (ALIASES[key] ?? key);
  return ENDINGS[name] ?? (/^[a-z0-9]{1,8}$/.test(name) ? name : 'txt');
}
