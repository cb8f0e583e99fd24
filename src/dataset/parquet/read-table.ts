/** Reads a table of a partition back. Files may come from anywhere, so a row is unknown until its reader has looked. */
import { readFile } from 'node:fs/promises';
import { parquetMetadataAsync, parquetReadObjects, type FileMetaData } from 'hyparquet';
import { DATASET_SCHEMA_VERSION, SCHEMA_VERSION_KEY } from '../schema-version.ts';

/** A partition that cannot be used; the message names the file and says what to do. */
export class UnusablePartition extends Error {
  override readonly name = 'UnusablePartition';
}

/** @param columns those wanted; NULL is left out of a row, and integers are numbers */
export async function readTable(path: string, columns: readonly string[]): Promise<Record<string, unknown>[]> {
  const { file, metadata } = await openTable(path);
  const version = metadataValue(metadata, SCHEMA_VERSION_KEY);
  if (version !== String(DATASET_SCHEMA_VERSION)) {
    throw new UnusablePartition(`${path}: expected schema version ${DATASET_SCHEMA_VERSION} of a data set, found ${version ?? 'none'}; export the trace again with this version`);
  }
  try {
    const rows = await parquetReadObjects({ file, metadata, columns: [...columns] });
    return rows.map(plainRow);
  } catch (error) {
    throw unusable(path, error);
  }
}

/** Who wrote a file, and by which version of the schema; `undefined` for what is no Parquet file. */
export async function readMaker(path: string): Promise<{ readonly createdBy: string | undefined; readonly schemaVersion: string | undefined } | undefined> {
  const opened = await openTable(path).catch(() => undefined);
  return opened === undefined ? undefined : { createdBy: opened.metadata.created_by, schemaVersion: metadataValue(opened.metadata, SCHEMA_VERSION_KEY) };
}

async function openTable(path: string): Promise<{ readonly file: ArrayBuffer; readonly metadata: FileMetaData }> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    const file = buffer.slice(byteOffset, byteOffset + byteLength);
    return { file, metadata: await parquetMetadataAsync(file) };
  } catch (error) {
    throw unusable(path, error);
  }
}

function metadataValue({ key_value_metadata: pairs = [] }: FileMetaData, wanted: string): string | undefined {
  return pairs.find(({ key }) => key === wanted)?.value;
}

function unusable(path: string, error: unknown): UnusablePartition {
  return new UnusablePartition(`${path}: expected a table of a data set, found something else (${error instanceof Error ? error.message : String(error)}); export the trace again`, { cause: error });
}

function plainRow(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
}
