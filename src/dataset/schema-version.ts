/**
 * The version of a data set's tables, kept in the metadata of each file. Any change of columns makes a new one, so that
 * all partitions that are read together have the same; `export` writes those of older versions again.
 */
export const DATASET_SCHEMA_VERSION = 1;

/** Keys in the metadata of each file. */
export const SCHEMA_VERSION_KEY = 'schema_version';
export const TABLE_KEY = 'table';

/** Who wrote a file, as Parquet's `created_by` has it: `netlog-analyze version 0.1.0`. */
export function createdBy({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name} version ${version}`;
}
