import { useState } from "react";

// What the form showed when it was drawn. It doesn't follow what becomes of the row later: that is what it is for.
export function FilledFrom({ shown }) {
  const [text] = useState(() => JSON.stringify(shown));
  return <input type="hidden" name="_shown" defaultValue={text} />;
}
