/** What the page and its worker tell each other. */
import type { TracePage } from '../../report/html/page-data.ts';

export type ToWorker =
  | { readonly kind: 'analyze'; readonly log: Blob; readonly name: string }
  /** Once it is done. */
  | { readonly kind: 'report' };

export type FromWorker =
  /** `share`: from 0 to 1, both readings of the log together. */
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly page: TracePage }
  /** Not a log, or one that cannot be read; in words. */
  | { readonly kind: 'refused'; readonly message: string }
  /** A fault of ours, or too little memory. */
  | { readonly kind: 'failed'; readonly message: string }
  /** The text of the whole report as JSON, as `--format json` prints it. */
  | { readonly kind: 'report'; readonly json: Blob };
