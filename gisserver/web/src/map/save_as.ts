import { element } from "./element";

/** Hand what was made here to the reader, as a file of that name. */
export function saveAs(name: string, content: string, type: string): void {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}
