import { isEnvelope, serverMessages, type ServerMessage, type ServerMessageType } from './serverMessages';
import { isRecord } from './shapes';

export type Parsed = { readonly message: ServerMessage } | { readonly problem: 'malformed' | 'unknown' };

/** Reads a text frame of the server. What is no message, or none that this client knows, is told and left to the caller to count. */
export function parseServerMessage(frame: string): Parsed {
  const value = readJson(frame);
  if (!isRecord(value) || typeof value['type'] !== 'string') return { problem: 'malformed' };
  const { type } = value;
  if (!isKnown(type)) return { problem: 'unknown' };
  return isEnvelope(value) && serverMessages[type](value) ? { message: value as unknown as ServerMessage } : { problem: 'malformed' };
}

function isKnown(type: string): type is ServerMessageType {
  return Object.hasOwn(serverMessages, type);
}

/** JSON in which a field that is null is absent, as the protocol has it; undefined where it is no JSON. */
export function readJson(json: string): unknown {
  try {
    return JSON.parse(json, (_key, value: unknown) => value ?? undefined);
  } catch {
    return undefined;
  }
}
