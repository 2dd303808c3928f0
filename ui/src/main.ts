import './styles/base.css';
import './kit/kit.css';

import { mount } from 'svelte';

import { tauri } from './backend/tauri';
import { Desk } from './desk.svelte';
import { Preferences } from './preferences/preferences.svelte';
import App from './views/App.svelte';
import { readOpening } from './windows/opening';

const target = document.getElementById('app') ?? document.body;

/** In a plain browser during development a scripted desk plays the part of the real one. */
async function begin(): Promise<void> {
  if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in globalThis)) {
    const { beginScene } = await import('./dev/scene');
    await beginScene(target);
    return;
  }
  const desk = new Desk(tauri, new Preferences(), readOpening());
  mount(App, { target, props: { desk } });
  await desk.load();
}

void begin();
