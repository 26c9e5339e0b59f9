/** Every status this server answers with, and its reason phrase (RFC 9110 §15). */
export const reasons = {
  200: 'OK',
  400: 'Bad Request',
  413: 'Content Too Large',
  414: 'URI Too Long',
  417: 'Expectation Failed',
  431: 'Request Header Fields Too Large',
  501: 'Not Implemented',
  505: 'HTTP Version Not Supported',
} as const;
export type Status = keyof typeof reasons;

/** Why a request is not served; the connection ends after it, because where the next request would begin is not known. */
export interface Refusal {
  readonly refused: Exclude<Status, 200>;
  /** A sentence for the page, with the RFC. */
  readonly because: string;
}

export const refuse = (refused: Refusal['refused'], because: string): Refusal => ({ refused, because });

export const isRefusal = (value: object): value is Refusal => 'refused' in value;
