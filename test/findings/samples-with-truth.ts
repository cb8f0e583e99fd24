/** The recorded samples. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLES } from '../truth/truth.ts';

export const SAMPLES_WITH_TRUTH: readonly string[] = readdirSync(SAMPLES)
  .filter((name) => existsSync(join(SAMPLES, name, 'netlog.json.gz')))
  .toSorted();
