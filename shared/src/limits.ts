const mebi = 1024 * 1024;

/** Bytes that may wait in the agent for one slow peer: the agent keeps this cap, the page shows how full it is. */
export const sendQueueBytes = 64 * mebi;
