import type { Explain, Explanations } from './scene.ts';

const about =
  (says: (name: string) => string, hint: string): Explain =>
  ({ host }) => ({ message: says(host ?? 'the name'), hint });

const checkName = 'Check the spelling, or use a numeric address such as 127.0.0.1.';
const tryAgain = 'Wait a moment and try again. If it stays so, check the network, or use a numeric address.';

const noSuchName: Explain = ({ host = 'the name' }) => ({
  message: `No address is known for ${host}.`,
  hint: hintFor(host),
});

/** What is written around a host elsewhere, such as in a URL, is none of it. */
function hintFor(host: string): string {
  const [, , bracketed] = /^(\w+:\/\/)?\[([^\]]*)\]/.exec(host) ?? [];
  if (bracketed !== undefined) return `Brackets belong to URLs: write ${bracketed} here.`;
  if (host.includes('://')) return 'Write the host alone, without what makes it a URL.';
  if (/^[^:]+:\d+$/.test(host)) return 'Write the host alone: the port has a field of its own.';
  return checkName;
}

const noSuchFamily = about(
  (name) => `There is no address of this family for ${name}.`,
  'Use the other family (inet or inet6), or leave it out.',
);

/** A name does not resolve (getaddrinfo(3)). Node says ENOTFOUND for EAI_NONAME and EAI_NODATA. */
export const nameExplanations: Explanations = [
  ['ENOTFOUND', noSuchName],
  ['EAI_NONAME', noSuchName],
  ['EAI_NODATA', noSuchFamily],
  ['EAI_ADDRFAMILY', noSuchFamily],
  ['EAI_FAMILY', noSuchFamily],
  ['EAI_AGAIN', about((name) => `The name server gave no answer for ${name}.`, tryAgain)],
  ['EAI_FAIL', about((name) => `The name server failed to look up ${name}.`, tryAgain)],
  ['EAI_MEMORY', about((name) => `There was not enough memory to look up ${name}.`, tryAgain)],
  ['EAI_SYSTEM', about((name) => `The system failed to look up ${name}.`, tryAgain)],
  ['EAI_OVERFLOW', about((name) => `The name is too long: ${name}.`, checkName)],
  ['EAI_BADFLAGS', about((name) => `The resolver does not take the question for ${name}.`, checkName)],
  ['EAI_SOCKTYPE', about((name) => `The resolver does not know this socket type for ${name}.`, checkName)],
  ['EAI_SERVICE', about((name) => `The resolver knows no such service on ${name}.`, 'Use a port number.')],
  ['EAI_CANCELED', about((name) => `Looking up ${name} was called off.`, 'Try again if it is still wanted.')],
];
