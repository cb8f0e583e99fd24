/**
 * Prints what the packs of `samples/packs` come to beside what others have measured, and writes the same to
 * `docs/packs.md`: `npm run packs`, or `npm run packs -- resolver` for some, which writes nothing.
 *
 * Exit code 1 if a target is missed and nothing explains it, or if `adaptive` breaks a promise.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const load = async (path) => (await runnerImport(`${ROOT}${path}`, { configFile: false, root: ROOT, logLevel: 'error' })).module;
const { PACKS } = await load('samples/packs/packs.ts');
const { judge } = await load('samples/packs/judge.ts');
const { compareWithOthers, promisesKept } = await load('samples/packs/adaptive-promise.ts');
const { packsPage, packsTable } = await load('samples/packs/packs-page.ts');

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !PACKS.some((pack) => pack.name === name));
if (unknown.length > 0) {
  process.stderr.write(`packs: no pack ${unknown.join(', ')}; there are ${PACKS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}
/** Networks of each pack in which all profiles are compared. */
const COMPARED = 400;

const judged = [];
const compared = [];
for (const pack of PACKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  judged.push(judge(pack));
  compared.push(compareWithOthers(pack, COMPARED));
  process.stderr.write(`${pack.name} done\n`);
}
process.stdout.write(packsTable(judged, compared));
if (wanted.length === 0) writeFileSync(`${ROOT}docs/packs.md`, packsPage(judged, compared));
const isBroken = promisesKept(compared).some(({ kept }) => !kept);
if (isBroken || judged.some(({ rows }) => rows.some(({ verdict }) => verdict === 'missed'))) process.exitCode = 1;
