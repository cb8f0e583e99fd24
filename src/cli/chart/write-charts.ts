/** Draws charts and writes them into a directory: all names are taken before the first is drawn, so that none is replaced by mistake. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChartSpecification } from '../../report/charts/chart-specification.ts';
import { drawChart } from '../../render/draw-chart.ts';
import type { ChartFormat } from '../../render/chart-format.ts';
import { plainText } from '../../report/plain-text.ts';
import { UsageError } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { openOutput, type Output } from '../output.ts';

export interface NamedChart {
  /** Of the file, without its end; made of the kind and of numbers, never of text from a log. */
  readonly name: string;
  readonly specification: ChartSpecification;
}

export interface WriteOptions {
  /** A directory. */
  readonly output: string;
  readonly format: ChartFormat;
  readonly force: boolean;
}

/** Prints the path of each file on stdout. */
export async function writeCharts(charts: readonly NamedChart[], { output: directory, format, force }: WriteOptions, io: Io): Promise<void> {
  const paths = charts.map(({ name }) => join(directory, `${name}.${format}`));
  await makeDirectory(directory);
  const open: Output[] = [];
  try {
    for (const path of paths) open.push(await openOutput({ output: path, force }, io));
    for (const [i, { specification }] of charts.entries()) {
      io.signal?.throwIfAborted();
      await open[i]?.write(await drawChart(specification, format));
    }
    while (open.length > 0) {
      await open[0]?.finish();
      open.shift();
    }
  } catch (error) {
    await Promise.all(open.map((output) => output.discard()));
    // By name: the class comes with modules that are loaded only for PNGs.
    if (error instanceof Error && error.name === 'MissingRenderer') throw new UsageError(error.message, { cause: error });
    throw error;
  }
  const list = await openOutput({}, io);
  for (const path of paths) await list.write(`${plainText(path)}\n`);
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'EEXIST' || code === 'ENOTDIR' ? 'is a file, and charts go into a directory' : message;
    throw new UsageError(`--output ${path}: ${reason}`, { cause: error });
  }
}
