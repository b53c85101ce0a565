// What can be filled around a button, and what it asks for.
(button, acting) => {
  const props = (node) => {
    const key = Object.keys(node).find((each) => each.startsWith("__reactProps"));
    return key ? node[key] : {};
  };
  const acts = (node) => acting.some((name) =>
    [node, node.closest("label")].some((each) => each && (String(props(each).onChange) + String(props(each).onClick)).includes(name)));
  // Filling what stands elsewhere would close a menu.
  const around = button.closest("dialog, form, details") || button.closest("section, main") || document.body;
  const whole = around.matches("dialog, form");
  document.querySelectorAll("[data-fill]").forEach((node) => node.removeAttribute("data-fill"));
  return [...around.querySelectorAll("input, textarea, select")].flatMap((node, index) => {
    const shown = node.checkVisibility({ visibilityProperty: true });
    node.setAttribute("data-fill", index);
    const label = [...(node.labels || [])].map((each) => each.innerText).join(" ") + " " + (node.getAttribute("aria-label") || "");
    const help = (node.getAttribute("aria-describedby") || "").split(" ").map((id) => document.getElementById(id)?.innerText || "").join(" ");
    const group = node.type === "radio" && around.querySelector(`input[name="${CSS.escape(node.name)}"]:checked`);
    const filled = node.type === "checkbox" ? node.checked : node.type === "radio" ? !!group : node.value !== "";
    // Words in a form may be shown as they are typed; on a page they are answers, which are saved by it.
    const saves = acts(node) && !(whole && ["text", "textarea"].includes(node.type));
    if (!shown || node.disabled || node.readOnly || saves || ["file", "hidden", "search"].includes(node.type)) return [];
    if (["checkbox", "radio"].includes(node.type) && !whole) return [];
    const choices = node.tagName === "SELECT" ? [...node.options].filter((o) => o.value && !o.disabled).map((o) => o.value) : [];
    return [{ index, filled, choices, kind: node.tagName === "SELECT" ? "select" : node.type,
              words: [label, node.name, node.placeholder, node.autocomplete, node.inputMode].join(" ").toLowerCase(),
              label, help, name: node.name }];
  });
}
