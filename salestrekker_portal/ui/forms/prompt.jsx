import { useEffect, useRef, useState } from "react";

// A box that is ticked the moment it is pressed. A controlled input alone would spring back until the server
// has answered. The server still decides: its value replaces ours when it comes, and when it keeps silent.
const PATIENCE = 3000;

export function PromptInput({ checked, onChange, ...rest }) {
  const [on, setOn] = useState(Boolean(checked));
  const said = useRef(Boolean(checked));
  const timer = useRef(null);
  said.current = Boolean(checked);
  useEffect(() => setOn(Boolean(checked)), [checked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (event) => {
    setOn(event.target.checked);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOn(said.current), PATIENCE);
    onChange?.(event);
  };
  return <input {...rest} checked={on} onChange={change} />;
}
