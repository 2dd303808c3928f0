/** What the window shows of each kind of service. What is true of them is the desk's. */
import type { Service, ServiceKind } from '../backend/library';

interface Kind {
  /** Shown where an address may be left out. */
  readonly address: string;
  /** A model as an example. */
  readonly model: string;
  /** A name as a suggestion. */
  readonly name: string;
}

export const KINDS: Record<ServiceKind, Kind> = {
  openai: { address: 'https://api.openai.com/v1', model: 'gpt-4.1-mini', name: 'openai' },
  'openai-responses': {
    address: 'https://api.openai.com/v1',
    model: 'gpt-4.1-mini',
    name: 'openai',
  },
  anthropic: {
    address: 'https://api.anthropic.com/v1',
    model: 'claude-sonnet-4-5',
    name: 'anthropic',
  },
  gemini: {
    address: 'https://generativelanguage.googleapis.com/v1beta',
    model: 'gemini-2.5-flash',
    name: 'gemini',
  },
  ollama: { address: 'http://127.0.0.1:11434', model: 'qwen3:8b', name: 'ollama' },
};

export const addressOf = ({ kind, baseUrl }: Service): string => baseUrl ?? KINDS[kind].address;

/** Whether the address is one of this very machine. */
export function isHere(service: Service): boolean {
  try {
    const { hostname } = new URL(addressOf(service));
    return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  } catch {
    return false;
  }
}

/** The environment variable in which the desk looks for the key of a service. */
export const variableOf = (name: string): string =>
  `DESKHAND_KEY_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
