/** The notebooks as they are committed, with what tests ask of them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../notebooks');

export interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly text?: string | readonly string[];
}

export interface Cell {
  readonly cell_type: 'markdown' | 'code';
  readonly id: string;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

export interface Notebook {
  readonly file: string;
  readonly bytes: number;
  readonly nbformat: number;
  readonly metadata: { readonly kernelspec: { readonly name: string; readonly language: string } };
  readonly cells: readonly Cell[];
}

export function readNotebooks(): readonly Notebook[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ipynb'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      return { ...(JSON.parse(text) as Omit<Notebook, 'file' | 'bytes'>), file, bytes: text.length };
    });
}

export function sourceOf({ source }: Cell): string {
  return typeof source === 'string' ? source : source.join('');
}

export function codeOf({ cells }: Notebook): readonly string[] {
  return cells.filter(({ cell_type }) => cell_type === 'code').map(sourceOf);
}
