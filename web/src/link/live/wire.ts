/** What the link needs of a WebSocket, so that a test can put anything in its place. */
export interface WireListener {
  opened(): void;
  /** Text, or the bytes of a binary frame. */
  heard(data: unknown): void;
  closed(code: number): void;
}

export interface Wire {
  send(text: string): void;
  /** Nothing is told after this. */
  drop(): void;
}

export type OpenWire = (url: string, listener: WireListener) => Wire;

export const openWebSocket: OpenWire = (url, listener) => {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => listener.opened();
  socket.onmessage = ({ data }: MessageEvent<unknown>) => listener.heard(data);
  socket.onclose = ({ code }) => listener.closed(code);
  return {
    send: (text) => socket.send(text),
    drop: () => {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
};
