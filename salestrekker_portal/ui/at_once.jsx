import { createElement, useState, useSyncExternalStore } from "react";

// The place that the server fills before any script runs. A page that was loaded has its HTML already, which React
// leaves alone; a page that was come to by a link is drawn without HTML, so that nothing here needs to be trusted
// (require-trusted-types-for in portals/http/policy.py).
const never = () => () => {};
const drawn = ([tag, attributes, children], key) =>
  createElement(tag, { ...attributes, key }, ...children.map((each, at) => (typeof each === "string" ? each : drawn(each, at))));

export function FirstLookPlace({ html, bones, children, ...rest }) {
  const built = useSyncExternalStore(never, () => false, () => true);
  // As it was first: the page is not drawn a second time once it has come to life.
  const [loaded] = useState(built);
  if (loaded) return <div {...rest} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />;
  return <div {...rest}>{bones.map(drawn)}</div>;
}
