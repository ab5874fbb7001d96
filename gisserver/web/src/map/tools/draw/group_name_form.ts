import { element } from "../../element";

/** A name to be written and what is done with it. `act` gives back what is wrong with it, or null. */
export function groupNameForm(label: string, value: string, submit: string, key: string, act: (name: string) => string | null): HTMLFormElement {
  const input = element("input", { type: "text", value, autocomplete: "off", "data-key": key });
  const problem = element("p", { id: `group-problem/${encodeURIComponent(key)}`, role: "alert" });
  const form = element(
    "form",
    { class: "map-group-name" },
    element("label", { class: "map-draw-field" }, label, input),
    element("button", { class: "map-chip" }, submit),
    problem,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = act(input.value);
    problem.textContent = wrong ?? "";
    input.setAttribute("aria-invalid", String(wrong !== null));
    input.setAttribute("aria-describedby", problem.id);
    if (wrong === null) return void (input.value = value);
    input.focus();
    problem.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("input", () => forgetProblem(form));
  return form;
}

/** It was of another name, or of groups that have changed. */
export function forgetProblem(form: HTMLFormElement): void {
  form.querySelector("input")?.removeAttribute("aria-invalid");
  form.querySelector("[role=alert]")?.replaceChildren();
}
