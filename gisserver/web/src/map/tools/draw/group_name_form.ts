import { element } from "../../element";

/** A name to be written and what is done with it. `act` gives back what is wrong with it, or null. */
export function groupNameForm(label: string, value: string, submit: string, key: string, act: (name: string) => string | null): HTMLFormElement {
  const input = element("input", { type: "text", value, autocomplete: "off", "data-key": key });
  const problem = element("p", { id: `group-problem/${key}`, role: "alert", hidden: true });
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
    problem.hidden = wrong === null;
    input.setAttribute("aria-invalid", String(wrong !== null));
    input.setAttribute("aria-describedby", problem.id);
    if (wrong === null) input.value = value;
    else input.focus();
  });
  return form;
}
