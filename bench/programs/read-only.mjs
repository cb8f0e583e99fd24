/** The reader alone: hands out the events that the analysis takes, to one who keeps none. */
import { readNetLogFile } from '../../dist/input/read-netlog-file.js';
import { createModel } from '../../dist/model/model.js';

const { paramsOf, passing } = createModel();
const nothing = () => undefined;

await readNetLogFile(process.argv[2], {
  paramsOf,
  passing: { ...passing, pass: nothing },
  start: nothing,
  event: nothing,
  end: nothing,
});
