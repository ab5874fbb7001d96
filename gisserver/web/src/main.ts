import "./styles/main.css";
import { RENEWED } from "./behaviours/refresh-while-waiting";

/** What a file in behaviours/ exports: one behaviour of one element. */
interface Behaviour {
  attach(element: HTMLElement): void;
}

/** A page says what it wants: data-behaviour="name other-name"; the file of that name does it. */
function attachBehaviours(root: ParentNode): void {
  const files = import.meta.glob<Behaviour>(["./behaviours/*.ts", "!./behaviours/*.test.ts"], { eager: true });
  for (const [path, behaviour] of Object.entries(files)) {
    const name = path.slice("./behaviours/".length, -".ts".length);
    for (const element of root.querySelectorAll<HTMLElement>(`[data-behaviour~="${name}"]`)) {
      behaviour.attach(element);
    }
  }
}

attachBehaviours(document);
addEventListener(RENEWED, ({ target }) => target instanceof HTMLElement && attachBehaviours(target));
