/** A table of a data set: its columns, what they mean, and how its rows come from an analysed trace. */
import type { AnalyzedRun } from '../analyzed-run.ts';

/** `number` is a double, `integer` 64 bits. */
export type ColumnType = 'text' | 'number' | 'integer' | 'boolean' | 'list of text' | 'list of integer';

export interface TableColumn<Row> {
  /** In SQL. */
  readonly name: string;
  readonly type: ColumnType;
  /** What the name does not tell: unit, when it is missing. */
  readonly meaning: string;
  /** `undefined` becomes NULL: the log does not tell. */
  readonly value: (row: Row) => unknown;
}

export interface Table {
  readonly name: string;
  /** What a row is. */
  readonly meaning: string;
  readonly columns: readonly Omit<TableColumn<never>, 'value'>[];
  /** A record for each row, by name of the column; one at a time, so that no more than a batch is in memory. */
  readonly records: (run: AnalyzedRun) => Iterable<Readonly<Record<string, unknown>>>;
}

interface TableDefinition<Row> {
  readonly name: string;
  readonly meaning: string;
  readonly rowsOf: (run: AnalyzedRun) => Iterable<Row>;
  readonly columns: readonly TableColumn<Row>[];
}

export function defineTable<Row>({ name, meaning, rowsOf, columns }: TableDefinition<Row>): Table {
  return {
    name,
    meaning,
    columns,
    *records(run) {
      for (const row of rowsOf(run)) yield Object.fromEntries(columns.map((column) => [column.name, storedValue(column.type, column.value(row))]));
    },
  };
}

/** As Parquet stores it: 64-bit integers are `bigint`. What is no integer that a double holds exactly is missing. */
function storedValue(type: ColumnType, value: unknown): unknown {
  if (type === 'integer') return integerOf(value);
  if (type === 'list of integer' && Array.isArray(value)) return value.map(integerOf).filter((one) => one !== undefined);
  return value;
}

function integerOf(value: unknown): bigint | undefined {
  return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
}

type ColumnOf<Value> = <Row>(name: string, value: (row: Row) => Value | undefined, meaning?: string) => TableColumn<Row>;

const columnOf =
  <Value>(type: ColumnType): ColumnOf<Value> =>
  (name, value, meaning = '') => ({ name, type, meaning, value });

export const text = columnOf<string>('text');
export const number = columnOf<number>('number');
export const integer = columnOf<number>('integer');
export const flag = columnOf<boolean>('boolean');
export const texts = columnOf<readonly string[]>('list of text');
export const integers = columnOf<readonly number[]>('list of integer');
