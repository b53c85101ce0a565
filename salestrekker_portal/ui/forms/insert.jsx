// Puts a text into the field `into`, where the caret last stood, as typing would. Only the browser knows where
// that is.
export function InsertButton({ into, text, children, ...rest }) {
  const insert = () => {
    const field = document.getElementById(into);
    if (!field || field.readOnly) return;
    field.focus();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return (
    <button {...rest} type="button" onClick={insert}>
      {children}
    </button>
  );
}
