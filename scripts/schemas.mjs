/** Writes the JSON Schemas of the package from the zod schemas: `npm run schemas`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport(`${ROOT}scripts/schemas/published-schemas.ts`, { configFile: false, root: ROOT, logLevel: 'error' });

mkdirSync(`${ROOT}schemas`, { recursive: true });
for (const published of module.PUBLISHED_SCHEMAS) writeFileSync(`${ROOT}schemas/${published.name}.json`, module.schemaText(published));
