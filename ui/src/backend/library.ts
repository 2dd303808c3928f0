/**
 * The shapes of the model library and of the services elsewhere, as the window knows them.
 */
import type { Check, Localized, ModelInfo, PriceInfo } from './bindings';

/** A model with what the desk may tell about it beyond its name and size. */
export type ModelCard = ModelInfo & {
  /** What it does well, as a part of a sentence. */
  readonly good_for: Localized | null;
  /** Memory that it needs, in bytes. */
  readonly memory_bytes: number | null;
  /** Whether the person brought it, so that it cannot be downloaded again. */
  readonly imported: boolean;
};

/** Which model answers whom. A model of a service is named `SERVICE:MODEL`. */
export interface ModelChoices {
  /** For everyone who has no choice of their own. */
  readonly default: string;
  readonly byAssistant: Readonly<Record<string, string>>;
}

export const SERVICE_KINDS = [
  'openai',
  'openai-responses',
  'anthropic',
  'gemini',
  'ollama',
] as const;
/** Which language a service speaks. */
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** What a person sets for a service elsewhere. The key is not in it. */
export interface Service {
  /** Small letters, digits and hyphens. */
  readonly name: string;
  readonly kind: ServiceKind;
  /** Where it is; its maker's own address when absent. */
  readonly baseUrl: string | null;
  /** What it charges; left as it is where it is absent, unknown where it is blank or nothing. */
  readonly price?: PriceInfo | null;
}

/** Where a key lies. */
export type KeyPlace = 'environment' | 'keychain' | 'session';

export interface ServiceInfo extends Service {
  /** Nothing while there is no key. */
  readonly keyPlace: KeyPlace | null;
}

/** What trying a service showed. */
export interface ServiceTest {
  readonly ok: boolean;
  readonly findings: readonly Check[];
  /** The whole in one English sentence. */
  readonly sentence: string;
  /** The models that it says it has; none when it does not tell. */
  readonly models: readonly string[];
}
