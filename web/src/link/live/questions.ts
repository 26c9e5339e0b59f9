import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import { formatBase64 } from '@socket-playground/shared/payload/base64.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { mostKernelSockets } from '@socket-playground/shared/wire/messages.ts';
import type { AgentMessage, Outcome, PageMessage } from '@socket-playground/shared/wire/messages.ts';
import type { SearchAnswer, SearchQuery } from '../link.ts';
import { brokenReply } from './replies.ts';
import { Requests } from './requests.ts';

export type AnswerMessage = Extract<AgentMessage, { type: 'reply' | 'found' | 'refused' | 'seen' }>;

/** What is asked of an agent over a wire, and waits for its answer. */
export class Questions {
  readonly #say: (message: PageMessage) => void;
  readonly #commands = new Requests<Outcome>(brokenReply);
  readonly #searches = new Requests<SearchAnswer>({ is: 'unreachable' });
  readonly #looks = new Requests<KernelView | null>(null);

  constructor(say: (message: PageMessage) => void) {
    this.#say = say;
  }

  run(command: Command): Promise<Outcome> {
    const { id, answer } = this.#commands.expect();
    this.#say({ type: 'command', id, command });
    return answer;
  }

  /** Once nobody waits for it any more the agent need not look on. */
  search({ what, signal, ...query }: SearchQuery): Promise<SearchAnswer> {
    const { id, answer } = this.#searches.expect();
    const forget = () => this.#forget(id);
    signal.addEventListener('abort', forget);
    void answer.then(() => signal.removeEventListener('abort', forget));
    const sought = what.is === 'bytes' ? { ...what, bytes: formatBase64(what.bytes) } : what;
    this.#say({ type: 'search', id, what: sought, ...query });
    return answer;
  }

  kernel(sockets: readonly number[]): Promise<KernelView | null> {
    const { id, answer } = this.#looks.expect();
    this.#say({ type: 'kernel', id, sockets: sockets.slice(0, mostKernelSockets) });
    return answer;
  }

  /** Settles what this answers. */
  hear(message: AnswerMessage): void {
    switch (message.type) {
      case 'reply':
        this.#commands.settle(message.id, message.outcome);
        return;
      case 'found':
        this.#searches.settle(message.id, { is: 'found', seqs: message.seqs, next: message.next });
        return;
      case 'refused':
        this.#searches.settle(message.id, { is: 'refused', problem: message.problem });
        return;
      case 'seen':
        this.#looks.settle(message.id, message.view);
        return;
      default:
        return unreachable(message);
    }
  }

  /** The wire is gone: nothing that still waits is answered. */
  lose(): void {
    this.#commands.lose();
    this.#searches.lose();
    this.#looks.lose();
  }

  #forget(id: number): void {
    if (this.#searches.settle(id, { is: 'unreachable' })) this.#say({ type: 'forget', id });
  }
}
