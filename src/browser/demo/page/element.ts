/** What an element is made with: attributes by their names, and a class. */
type Attributes = Readonly<Record<string, string>>;

/** Makes an element; text never becomes markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** Says a text where it is not said already, so that nothing is laid out anew for nothing. */
export function say(into: Element, text: string): void {
  if (into.textContent !== text) into.textContent = text;
}
