/** An executed notebook without what differs from run to run or from machine to machine, and says nothing. */

/** Of the kernel; the rest of what it tells is of Jupyter's own versions. */
const LANGUAGE = { file_extension: '.ts', mimetype: 'text/x.typescript', name: 'typescript' };

/**
 * @typedef {{ readonly cell_type: string, readonly id: string, readonly source: unknown, readonly execution_count?: unknown, readonly outputs?: unknown }} Cell
 */

/** @param {{ readonly cells: readonly Cell[], readonly metadata: { readonly kernelspec: unknown }, readonly nbformat: number, readonly nbformat_minor: number }} executed */
export function tidied({ cells, metadata: { kernelspec }, nbformat, nbformat_minor }) {
  return { cells: cells.map(tidiedCell), metadata: { kernelspec, language_info: LANGUAGE }, nbformat, nbformat_minor };
}

/** @param {Cell} cell */
function tidiedCell({ cell_type, execution_count, id, outputs, source }) {
  const shared = { cell_type, id, metadata: {}, source };
  return cell_type === 'code' ? { ...shared, execution_count, outputs } : shared;
}
