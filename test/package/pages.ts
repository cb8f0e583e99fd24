/** Every page of the documentation: path below the root, and text. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Page {
  readonly path: string;
  readonly text: string;
}

const paths = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
].toSorted();

export const PAGES: readonly Page[] = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
