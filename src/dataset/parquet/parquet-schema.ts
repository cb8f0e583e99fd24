/** A table's columns in Parquet's own terms: a tree, written depth first. */
import type { SchemaElement } from 'hyparquet';
import type { ColumnType, Table } from '../tables/table.ts';

const ELEMENT: Readonly<Record<Exclude<ColumnType, `list of ${string}`>, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
};

/** Every column may be NULL, and the elements of lists may not. */
export function parquetSchema({ columns }: Table): SchemaElement[] {
  return [{ name: 'root', num_children: columns.length }, ...columns.flatMap(({ name, type }) => columnElements(name, type))];
}

function columnElements(name: string, type: ColumnType): SchemaElement[] {
  switch (type) {
    case 'list of text':
      return listElements(name, ELEMENT.text);
    case 'list of integer':
      return listElements(name, ELEMENT.integer);
    case 'text':
    case 'number':
    case 'integer':
    case 'boolean':
      return [{ name, repetition_type: 'OPTIONAL', ...ELEMENT[type] }];
  }
}

/** The three levels of LogicalTypes.md in parquet-format, section "Lists". */
function listElements(name: string, element: Pick<SchemaElement, 'type' | 'converted_type'>): SchemaElement[] {
  return [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...element },
  ];
}
