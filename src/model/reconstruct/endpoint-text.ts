/** The contract's form of an endpoint as logged: RFC 5952 addresses, `undefined` for what is no endpoint. */
import { formatEndpoint, parseEndpoint } from '../../address.ts';

export function endpointText(text: string | undefined): string | undefined {
  const endpoint = text === undefined ? undefined : parseEndpoint(text);
  return endpoint && formatEndpoint(endpoint);
}
