/** Whether files are dragged, as opposed to text or a link. What they are is known when they are dropped. */
export const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') === true;
