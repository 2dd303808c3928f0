/** The icons that descriptions name. One that is not here yet gets the plain one. */
import BookOpen from '@lucide/svelte/icons/book-open';
import Calculator from '@lucide/svelte/icons/calculator';
import Crown from '@lucide/svelte/icons/crown';
import Database from '@lucide/svelte/icons/database';
import FilePen from '@lucide/svelte/icons/file-pen';
import PanelsTopLeft from '@lucide/svelte/icons/panels-top-left';
import Palette from '@lucide/svelte/icons/palette';
import type { Component } from 'svelte';

const ICONS: Record<
  string,
  Component<{ size?: number | string; strokeWidth?: number | string }>
> = {
  'book-open': BookOpen,
  calculator: Calculator,
  crown: Crown,
  database: Database,
  page: PanelsTopLeft,
  palette: Palette,
};

export const iconOf = (name: string): (typeof ICONS)[string] => ICONS[name] ?? FilePen;
