/** Something that was done and can be taken back. */
export interface Step {
  undo(): void;
  redo(): void;
}

/** Something half done, as a shape under the pen; false where it has no step to take back or to do again. */
export interface InHand {
  undo(): boolean;
  redo(): boolean;
}

const MOST = 200;

/** What was done to layers, selection and drawing, in one row, so that one key takes back whatever came last. */
export class Journal {
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];
  #inHand: InHand | null = null;
  #isReplaying = false;

  /** A step that has just been done. What is caused by taking one back is not a new one. */
  add(step: Step): void {
    if (this.#isReplaying) return;
    this.#done.push(step);
    this.#done.splice(0, this.#done.length - MOST);
    this.#undone.length = 0;
  }

  /** Its own steps are taken back before those that are done; what is given back ends that. */
  hold(inHand: InHand): () => void {
    this.#inHand = inHand;
    return () => {
      if (this.#inHand === inHand) this.#inHand = null;
    };
  }

  /** False where there was nothing to take back. */
  undo(): boolean {
    return this.#inHand?.undo() === true || this.#replay(this.#done, this.#undone, (step) => step.undo());
  }

  redo(): boolean {
    return this.#inHand?.redo() === true || this.#replay(this.#undone, this.#done, (step) => step.redo());
  }

  #replay(from: Step[], to: Step[], act: (step: Step) => void): boolean {
    const step = from.pop();
    if (step === undefined) return false;
    this.#isReplaying = true;
    try {
      act(step);
    } finally {
      this.#isReplaying = false;
    }
    to.push(step);
    return true;
  }
}
