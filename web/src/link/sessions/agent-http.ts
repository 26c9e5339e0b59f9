/** What every request to the agent's HTTP API carries, and what is said where there is no answer of use. */

export const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

export const silent = 'The agent does not answer.';
export const answered = (status: number) => `The agent answered ${status}.`;
