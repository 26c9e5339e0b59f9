/** The fields of the language, in the order in which they are offered. */
import { eventTypes } from '../events/event.ts';

export const fieldNames = ['socket', 'port', 'host', 'type', 'dir', 'proto', 'len', 'time'] as const;
export type FieldName = (typeof fieldNames)[number];

export interface Field {
  readonly means: string;
  /** A value of it, for messages. */
  readonly example: string;
  /** Whether `<` makes sense. */
  readonly isNumber: boolean;
}

export const fields: Readonly<Record<FieldName, Field>> = {
  socket: { means: 'number of the socket', example: '#3', isNumber: true },
  port: { means: 'port at either end', example: '8888', isNumber: true },
  host: { means: 'address at either end', example: '127.0.0.1', isNumber: false },
  type: { means: 'what happened', example: 'received', isNumber: false },
  dir: { means: 'which way the bytes went', example: 'to-server', isNumber: false },
  proto: { means: 'TCP, UDP, or what the bytes look like', example: 'tcp', isNumber: false },
  len: { means: 'bytes moved: 100, 1k, 2M', example: '1k', isNumber: true },
  time: { means: 'since the start: 20ms, 1.5s', example: '1.5s', isNumber: true },
};

/** `gap` is a row of the log, and no event. */
export const typeNames: readonly string[] = [...eventTypes, 'gap'];
export const directionNames = ['to-server', 'to-client'] as const;

export const isFieldName = (word: string): word is FieldName => fieldNames.some((name) => name === word);
