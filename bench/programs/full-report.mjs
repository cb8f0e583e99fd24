/** The full analysis as a JSON report, by the modules that the program is bundled of: a profile of these has their names. */
import { analyze } from '../../dist/analyze.js';
import { jsonChunks } from '../../dist/report/json.js';

for (const chunk of jsonChunks(await analyze(process.argv[2]))) process.stdout.write(chunk);
