/** Files as the desk takes them: bytes, written in base64. */

/** Bytes at a time: more would be too many arguments for one call. */
const PORTION = 0x8000;

export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += PORTION) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PORTION));
  }
  return btoa(binary);
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
