/** Elements made and written by hand, where a component for each would cost too much. */

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A text at the end of an element, empty so far. */
export function text(within: Element): Text {
  const made = document.createTextNode('');
  within.append(made);
  return made;
}

/** Each writes only what is not so already: what is not written is neither laid out nor painted again. */
export function setText(node: Text, said: string): boolean {
  if (node.data === said) return false;
  node.data = said;
  return true;
}

export function setClass(of: Element | undefined, className: string): void {
  if (of !== undefined && of.className !== className) of.className = className;
}

export function setAttribute(of: Element, name: string, value: string): void {
  if (of.getAttribute(name) !== value) of.setAttribute(name, value);
}
