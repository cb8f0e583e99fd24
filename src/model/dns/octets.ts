/** Pieces of bytes, checked against their end; numbers are read by DataView, which checks by itself. */

/** @throws RangeError if the bytes are not all there */
export function octets(bytes: DataView, offset: number, length: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + checked(bytes, offset, length), length);
}

/** The same as a view of its own: what is read there can't run out of the piece. */
export function part(bytes: DataView, offset: number, length: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + checked(bytes, offset, length), length);
}

/** Not left to the constructors, which know the end of the buffer alone. */
function checked(bytes: DataView, offset: number, length: number): number {
  if (offset + length > bytes.byteLength) throw new RangeError('The bytes end too soon');
  return offset;
}
