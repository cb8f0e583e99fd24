/** What counts as a change between the committed outputs of a notebook and those of a new execution. */
import { expect, it } from 'vitest';
import { differences } from '../../scripts/notebooks/differences.mjs';
import { tidied } from '../../scripts/notebooks/tidied.mjs';

const chart = (value: number, png: string) => ({ output_type: 'execute_result', execution_count: 1, metadata: {}, data: { 'application/vnd.vegalite.v5+json': { data: { values: [value] } }, 'image/png': png } });
const notebook = (...outputs: object[]) => ({ cells: [{ cell_type: 'markdown', id: 'a', metadata: {}, source: 'Text' }, { cell_type: 'code', id: 'b', metadata: {}, source: '1', execution_count: 1, outputs }] });

it('names the cell, the place and both values of a number that changed', () => {
  expect(differences(notebook(chart(320, 'AA')), notebook(chart(321, 'AA')))).toEqual(['  cell 2 (b): outputs.0.data.application/vnd.vegalite.v5+json.data.values.0: 320 became 321']);
});

it('does not mind a picture that is drawn differently from the same data', () => {
  expect(differences(notebook(chart(320, 'AA')), notebook(chart(320, 'BB')))).toEqual([]);
});

it('minds a picture that is missing', () => {
  const { data, ...rest } = chart(320, 'AA');
  const without = { ...rest, data: { 'application/vnd.vegalite.v5+json': data['application/vnd.vegalite.v5+json'] } };
  expect(differences(notebook(chart(320, 'AA')), notebook(without))).toEqual(['  cell 2 (b): outputs.0.data.image/png: "a picture" became nothing']);
});

it('takes text in lines for the same as text in one piece', () => {
  const stream = (text: string | string[]) => ({ output_type: 'stream', name: 'stdout', text });
  expect(differences(notebook(stream('a\nb\n')), notebook(stream(['a\n', 'b\n'])))).toEqual([]);
  expect(differences(notebook(stream('a\nb\n')), notebook(stream(['a\n', 'c\n'])))).toEqual(['  cell 2 (b): outputs.0.text: "a\\nb\\n" became "a\\nc\\n"']);
});

it('shows of long texts the place at which they differ', () => {
  const stream = (last: string) => ({ output_type: 'stream', name: 'stdout', text: `${'x'.repeat(500)} the end is ${last}` });
  expect(differences(notebook(stream('320')), notebook(stream('371')))).toEqual(['  cell 2 (b): outputs.0.text: "xxxxxxx the end is 320" became "xxxxxxx the end is 371"']);
});

it('minds an output that is gone, and a cell that is new', () => {
  expect(differences(notebook(chart(320, 'AA')), notebook())).toHaveLength(1);
  expect(differences({ cells: [] }, notebook(chart(320, 'AA')))).toHaveLength(1);
});

it('keeps nothing of a run that tells of the machine', () => {
  const executed = {
    cells: [{ cell_type: 'code', id: 'b', metadata: { execution: { 'iopub.status.busy': 'now' } }, source: '1', execution_count: 1, outputs: [chart(1, 'AA')] }],
    metadata: { kernelspec: { name: 'deno' }, language_info: { version: '6.0.3' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  expect(tidied(executed)).toEqual({
    cells: [{ cell_type: 'code', id: 'b', metadata: {}, source: '1', execution_count: 1, outputs: [chart(1, 'AA')] }],
    metadata: { kernelspec: { name: 'deno' }, language_info: { file_extension: '.ts', mimetype: 'text/x.typescript', name: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
});
